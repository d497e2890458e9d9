/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job out of a reply tube, with one reply or several. It is deleted when all of them are settled. If some are not asked
 * for yet it is buried: nothing has to keep it then, and the next life of its caller kicks it back.
 */
final class ReplyJob {

  private final long id;

  /** The connection that reserved it; it may be blocked when the job was set aside. */
  private final Function<Command, Future<Reply>> reader;

  private final Function<Command, Future<Reply>> anyConnection;

  private int open = 1;
  private @Nullable Future<Reply> buried;

  ReplyJob(
      long id,
      Function<Command, Future<Reply>> reader,
      Function<Command, Future<Reply>> anyConnection) {
    this.id = id;
    this.reader = reader;
    this.anyConnection = anyConnection;
  }

  /** One more reply is in it than was known. */
  void add() {
    open++;
  }

  /** One of its replies needs the job no more. */
  void settle() {
    open--;
    if (open > 0) {
      return;
    }
    // If the connection ends before, the reply comes again and is dropped by its id.
    Future<Reply> aside = buried;
    Command delete = new Command.Delete(id);
    Future<Reply> unused =
        aside == null ? reader.apply(delete) : aside.compose(done -> anyConnection.apply(delete));
  }

  /** All of its replies were handed on; sets it aside if that was not the end of them. */
  void handedOn() {
    settle();
    if (open > 0) {
      buried = reader.apply(new Command.Bury(id, Priorities.REPLY));
    }
  }
}
