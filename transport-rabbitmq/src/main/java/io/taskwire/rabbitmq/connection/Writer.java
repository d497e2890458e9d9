/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes commands to the broker, which blocks. The event loop collects the commands of a turn and hands them over at its end;
 * the writing thread takes all there are, and flushes once.
 */
final class Writer {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /** What amqp-client is to do; not to wait for an answer of the broker, because others come behind it. */
  @FunctionalInterface
  interface Command {
    void write() throws IOException;
  }

  /** Above this much the connection is not writable, until half of it is left. */
  private static final long FULL = 1 << 20;

  private final Context context;
  private final Runnable relieved;

  // Only the event loop.
  private List<Command> turn = new ArrayList<>();
  private boolean handOverDue;

  // The event loop hands over, the writing thread takes.
  private final Object lock = new Object();
  private List<Command> ready = new ArrayList<>();
  private long readyWeight;
  private boolean idle;

  // The event loop adds, the writing thread subtracts.
  private final AtomicLong weight = new AtomicLong();

  // Set before a look at the weight, which is changed before a look at this: one of the two sees.
  private volatile boolean congested;

  // The event loop sets it, the writing thread stops at it.
  private volatile boolean ended;

  // Only the event loop.
  private long turnWeight;

  /** {@code relieved} is called on the writing thread. */
  Writer(Context context, Runnable relieved) {
    this.context = context;
    this.relieved = relieved;
  }

  /** Adds a command, to be written soon; on the event loop. */
  void add(Command command, int bytes) {
    turn.add(command);
    turnWeight += bytes;
    weight.addAndGet(bytes);
    if (!handOverDue) {
      handOverDue = true;
      context.runOnContext(v -> handOver());
    }
  }

  private void handOver() {
    handOverDue = false;
    synchronized (lock) {
      if (ready.isEmpty()) {
        List<Command> empty = ready;
        ready = turn;
        turn = empty;
      } else {
        ready.addAll(turn);
        turn.clear();
      }
      readyWeight += turnWeight;
      turnWeight = 0;
      if (idle) {
        lock.notifyAll();
      }
    }
  }

  /** Whether there is room for more; if not, who was named to the constructor is told later. On the event loop. */
  boolean isWritable() {
    if (weight.get() <= FULL) {
      return true;
    }
    congested = true;
    if (weight.get() > FULL / 2) {
      return false;
    }
    congested = false;
    return true;
  }

  /** Nothing is begun any more. */
  void end() {
    ended = true;
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  boolean isEnded() {
    return ended;
  }

  /** Writes until {@link #end}, or until it fails, which it reports; on the writing thread. */
  void run(BatchedOutput output, Consumer<Exception> failed) {
    List<Command> batch = new ArrayList<>();
    while (!ended) {
      long size;
      synchronized (lock) {
        awaitCommands();
        List<Command> full = ready;
        ready = batch;
        batch = full;
        size = readyWeight;
        readyWeight = 0;
      }
      try {
        write(batch, output);
      } catch (IOException | RuntimeException e) {
        failed.accept(e);
        return;
      }
      batch.clear();
      if (weight.addAndGet(-size) <= FULL / 2 && congested) {
        congested = false;
        relieved.run();
      }
    }
  }

  /** Holding the lock. */
  private void awaitCommands() {
    idle = true;
    while (ready.isEmpty() && !ended) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        // amqp-client interrupts threads as it likes; only the end of the connection ends this one.
        LOG.debug("The writing thread was interrupted", e);
      }
    }
    idle = false;
  }

  private void write(List<Command> batch, BatchedOutput output) throws IOException {
    output.beginBatch();
    try {
      for (Command command : batch) {
        if (ended) {
          return;
        }
        command.write();
      }
    } finally {
      output.endBatch();
    }
  }
}
