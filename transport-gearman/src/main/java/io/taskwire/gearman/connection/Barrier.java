/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/**
 * An ECHO, whose answer proves that the server has taken what was sent before, and behind it the question after the status
 * of a job that cannot exist: some servers know no ECHO, but all answer that.
 */
public final class Barrier implements Reply {

  /** No server makes such a handle: its last part is a number above zero. */
  public static final GetStatus NO_JOB = new GetStatus("H:taskwire:0");

  private static final Buffer NOTHING = Buffer.buffer(0);

  private final Promise<Void> taken;

  private Barrier(Promise<Void> taken) {
    this.taken = taken;
  }

  public static void send(GearmanConnection connection, Promise<Void> taken) {
    connection.send(new EchoReq(NOTHING), new Optional());
    connection.send(NO_JOB, new Barrier(taken));
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof StatusRes;
  }

  @Override
  public void answered(Response answer) {
    taken.tryComplete();
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    taken.tryFail(cause);
  }

  private static final class Optional implements Reply {

    @Override
    public boolean accepts(Response answer) {
      return answer instanceof EchoRes;
    }

    @Override
    public boolean isOptional() {
      return true;
    }

    @Override
    public void answered(Response answer) {}

    @Override
    public void failed(Throwable cause, boolean sent) {}
  }
}
