/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends each command to the connection, and with the tube in use, that it needs. On the event loop. */
final class Commands {

  private static final int MAX_UNWRITTEN = 16 << 20;

  private final BeanstalkConnection main;
  private final @Nullable WaitingConnections waiting;
  private final WatchedTubes watched = new WatchedTubes();

  /** What the caller has chosen. */
  private Tube chosen = Tube.DEFAULT;

  /** What the connection uses: a put may name another than the chosen one. */
  private Tube using = Tube.DEFAULT;

  /** Written by the loop, read by callers on any thread. */
  private volatile boolean busy;

  /**
   * Takes a connection as it was opened.
   *
   * @param limit how many further connections may wait for jobs
   * @param connector opens one of those
   */
  Commands(BeanstalkConnection main, int limit, Supplier<Future<BeanstalkConnection>> connector) {
    this.main = main;
    this.waiting = limit == 0 ? null : new WaitingConnections(limit, connector, this::look);
  }

  private void look() {
    busy = waiting == null ? main.waiting() : waiting.isBusy();
  }

  boolean isBusy() {
    return busy;
  }

  void send(Command command, Promise<Reply> answer) {
    if (command instanceof Command.Put
        || command instanceof Command.PeekReady
        || command instanceof Command.PeekDelayed
        || command instanceof Command.PeekBuried
        || command instanceof Command.Kick
        || command instanceof Command.ListTubeUsed) {
      send(chosen, command, answer);
    } else if (command instanceof Command.Use use) {
      if (main.send(command, answer)) {
        chosen = use.tube();
        using = use.tube();
      }
    } else if (command.blocking()) {
      reserve(command, answer);
    } else if (waiting == null || !beside(waiting, command, answer)) {
      main.send(command, answer);
    }
  }

  /** Sends a command that is about the tube in use. */
  void send(Tube tube, Command command, Promise<Reply> answer) {
    if (main.unwrittenBytes() >= MAX_UNWRITTEN) {
      answer.fail(new BeanstalkBusyException(main.unwrittenBytes()
          + " bytes wait for a server that does not read them: wait for answers"));
      return;
    }
    if (!tube.equals(using)) {
      Promise<Reply> used = Promise.promise();
      if (main.send(new Command.Use(tube), used)) {
        using = tube;
        // What follows would be done to another tube.
        used.future().onSuccess(reply -> {
          if (reply instanceof Reply.ServerError) {
            main.close();
          }
        });
      }
    }
    main.send(command, answer);
  }

  private void reserve(Command command, Promise<Reply> answer) {
    if (waiting != null && !main.closed().isComplete()) {
      waiting.reserve(command, watched, answer);
    } else {
      Promise<Reply> taken = Promise.promise();
      taken.future().onComplete((reply, cause) -> {
        look();
        answer.complete(reply, cause);
      });
      main.send(command, taken);
      look();
    }
  }

  /** What the waiting connections have to do with: whether it is done. */
  private boolean beside(WaitingConnections connections, Command command, Promise<Reply> answer) {
    if (command instanceof Command.Watch watch) {
      watched.add(watch.tube());
    } else if (command instanceof Command.Ignore ignore) {
      watched.remove(ignore.tube());
    } else if (command instanceof Command.Delete delete) {
      return connections.settle(delete.id(), command, answer);
    } else if (command instanceof Command.Release release) {
      return connections.settle(release.id(), command, answer);
    } else if (command instanceof Command.Bury bury) {
      return connections.settle(bury.id(), command, answer);
    } else if (command instanceof Command.Touch touch) {
      return connections.settle(touch.id(), command, answer);
    }
    return false;
  }
}
