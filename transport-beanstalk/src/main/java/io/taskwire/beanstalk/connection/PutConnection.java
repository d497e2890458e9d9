/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A connection that knows which tube it uses, so that {@code use} is only sent when the tube changes. */
public final class PutConnection {

  private final BeanstalkConnection connection;
  private Tube using = Tube.DEFAULT;

  public PutConnection(BeanstalkConnection connection) {
    this.connection = connection;
  }

  public BeanstalkConnection connection() {
    return connection;
  }

  public Future<Reply> put(
      Tube tube, long priority, long delaySeconds, long ttrSeconds, Buffer body) {
    use(tube);
    return connection.sendUnhurried(new Command.Put(priority, delaySeconds, ttrSeconds, body));
  }

  /** The answer to use needs no look: a name that is valid is accepted, and a lost connection fails the put behind it. */
  public void use(Tube tube) {
    if (!tube.equals(using)) {
      using = tube;
      Future<Reply> unused = connection.send(new Command.Use(tube));
    }
  }
}
