/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.Promise;

/** Wants nothing of a connection but to know its end. */
public class IdleOwner implements ConnectionOwner {

  final Promise<Throwable> closed = Promise.promise();

  @Override
  public void worker(Response packet) {}

  @Override
  public void oversizedJob(Response job, long payloadLength) {}

  @Override
  public void unaskedError(ErrorResponse error) {}

  @Override
  public void closed(Throwable cause) {
    closed.tryComplete(cause);
  }
}
