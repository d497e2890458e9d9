/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeoutException;

/**
 * Bounds a wait on the context it is called on. {@link Future#timeout} of a future without a context would end it on a
 * thread of Netty's that belongs to no event loop.
 */
public final class TimeLimit {

  private TimeLimit() {}

  public static <T> Future<T> of(Vertx vertx, long millis, Future<T> future) {
    Promise<T> promise = Promise.promise();
    long timer = vertx.setTimer(
        millis, id -> promise.tryFail(new TimeoutException("no answer within " + millis + " ms")));
    future.onComplete(done -> {
      vertx.cancelTimer(timer);
      if (done.succeeded()) {
        promise.tryComplete(done.result());
      } else {
        promise.tryFail(done.cause());
      }
    });
    return promise.future();
  }
}
