/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.producer;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.ServerLink;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One put, from the call to its end. */
final class PendingPut {

  private final Tube tube;
  private final Buffer body;
  private final PutOptions options;
  private final Promise<PlacedJob> promise;

  /** Connections whose servers have refused it; a new connection may be to a server with memory. */
  private final List<PutConnection> refusals = new ArrayList<>(0);

  private @Nullable BeanstalkReplyException refusal;
  private boolean late;
  private boolean sent;
  private boolean ended;

  PendingPut(Tube tube, Buffer body, PutOptions options, Promise<PlacedJob> promise) {
    this.tube = tube;
    this.body = body;
    this.options = options;
    this.promise = promise;
  }

  Tube tube() {
    return tube;
  }

  Buffer body() {
    return body;
  }

  PutOptions options() {
    return options;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether an attempt is under way. */
  boolean isSent() {
    return sent;
  }

  void sent(boolean underWay) {
    sent = underWay;
  }

  /** Whether its time is over, so that there is no further attempt. */
  boolean isLate() {
    return late;
  }

  void late() {
    late = true;
  }

  void refusedBy(PutConnection connection, BeanstalkReplyException why) {
    refusals.add(connection);
    refusal = why;
  }

  /** The last refusal, null if no server has refused it. */
  @Nullable
  BeanstalkReplyException refusal() {
    return refusal;
  }

  /** Whether it makes sense to send it there. */
  boolean mayGoTo(ServerLink<PutConnection> link) {
    return link.takesJobs() && !refusals.contains(link.connection());
  }

  void complete(PlacedJob job) {
    ended = true;
    promise.complete(job);
  }

  void fail(Throwable cause) {
    ended = true;
    promise.fail(cause);
  }

  @Override
  public String toString() {
    return "the put of " + body.length() + " bytes into " + tube;
  }
}
