/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.MalformedReplyException;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReplyHandler;
import io.taskwire.beanstalk.codec.ReplyParser;
import io.taskwire.spi.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a beanstalkd: commands are pipelined, and answered in the order in which they were sent.
 *
 * <p>A refusal of the broker is a {@linkplain Reply.Refusal value}, not a failure. A future fails with a {@link
 * BeanstalkConnectionException} if the connection has ended, a {@link BeanstalkClosedException} if this side ended it, and
 * with a {@link BeanstalkBusyException} if the command cannot be sent now. No future stays pending: a broker that owes an answer and is silent for {@link
 * ConnectionOptions#replyTimeout()} has its connection closed.
 *
 * <p><b>Waiting and working.</b> A reserve that waits for a job blocks the whole connection: the broker reads nothing else
 * until it is answered. Until then every other command fails at once. So either wait on a connection that holds no job,
 * or hold jobs and take more with {@code reserve-with-timeout 0}; use two connections to do both.
 *
 * <p><b>Threads.</b> Methods may be called from any thread; commands of one thread keep their order. State lives on the
 * Vert.x context on which {@link #connect} was called, or on a new one; futures complete there, and what is attached to
 * them must not block.
 *
 * <p>A connection that has ended stays so. The broker gives the jobs that it held to others at once.
 */
public final class BeanstalkConnection {

  private static final int SMALLEST_BATCH = 512;
  private static final int LARGEST_FIRST_BATCH = 64 << 10;

  // What may wait to be written before the connection calls itself full.
  private static final int FULL_BATCH = 1 << 20;

  /** With fewer answers due the broker may be idle before more commands come. */
  private static final int FEW_ANSWERS = 16;

  private final Context context;
  private final ConnectionOptions options;

  // A client that nothing refers to is closed by the garbage collector, and its sockets with it.
  private final NetClient client;
  private final NetSocket socket;
  private final ReplyParser parser;
  private final ReplyTimer timer;
  private final Promise<Throwable> closed = Promise.promise();
  private final Promise<Void> released = Promise.promise();

  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  // Commands of this turn of the event loop, and how many of the last waiters they belong to.
  private Buffer batch = Buffer.buffer(SMALLEST_BATCH);
  private int unwritten;
  private boolean flushPending;

  private boolean waiting;
  private boolean congested;
  private @Nullable Runnable relieved;
  private @Nullable Throwable endedBy;

  BeanstalkConnection(
      Context context,
      ConnectionOptions options,
      Ticker replies,
      NetClient client,
      NetSocket socket) {
    this.context = context;
    this.options = options;
    this.client = client;
    this.socket = socket;
    this.parser = new ReplyParser(options.maxBody(), new Replies());
    this.timer = new ReplyTimer(replies, options.replyTimeout(), this::silence);
  }

  /**
   * Connects.
   *
   * @param vertx whose event loop to use
   * @param options where to, and the limits
   * @return the open connection; fails with what the network said, within {@link ConnectionOptions#connectTimeout()}
   */
  public static Future<BeanstalkConnection> connect(Vertx vertx, ConnectionOptions options) {
    Context context = vertx.getOrCreateContext();
    return new Connecting(context, options, ReplyTimer.ticker(context, options.replyTimeout()))
        .start();
  }

  /** Starts to read; on the context, before the socket can have delivered anything. */
  void open() {
    socket.handler(chunk -> {
      timer.heard();
      parser.feed(chunk);
    });
    socket.exceptionHandler(this::end);
    socket.closeHandler(v -> end(closedFromOutside()));
  }

  private BeanstalkException closedFromOutside() {
    // The internal type, because only it tells that its instance is being closed, which closes
    // sockets before anybody is asked.
    return ((ContextInternal) context).owner().closeFuture().isClosed()
        ? new BeanstalkClosedException(
            "the Vert.x instance of the connection to " + peer() + " was closed", true, null)
        : new BeanstalkConnectionException(peer() + " closed the connection", true, null);
  }

  /**
   * Sends a command.
   *
   * @param command any but {@link Command.Quit}: {@link #close()} takes its place
   * @return the broker's answer
   */
  public Future<Reply> send(Command command) {
    Promise<Reply> answer = Promise.promise();
    if (onLoop()) {
      enqueue(command, answer);
    } else {
      try {
        context.runOnContext(v -> enqueue(command, answer));
      } catch (RejectedExecutionException e) {
        answer.fail(
            new BeanstalkClosedException("the event loop of " + peer() + " has ended", false, e));
      }
    }
    return answer.future();
  }

  /**
   * Sends a command; on the event loop.
   *
   * @param command any but {@link Command.Quit}
   * @param answer gets the broker's answer, which is one of those that the command names
   * @return false if it cannot be sent now, and the answer has failed
   */
  public boolean send(Command command, Promise<Reply> answer) {
    return enqueue(command, answer);
  }

  /**
   * Sends a command that nobody waits for in a hurry: it may stay behind while the broker has many others to answer, but no
   * longer than until half of what was sent is answered. So many go out in one write, and the broker, which is woken by each write,
   * is woken less. On the connection's context only.
   *
   * @param command any that does not block
   * @return the broker's answer
   */
  Future<Reply> sendUnhurried(Command command) {
    Promise<Reply> answer = Promise.promise();
    if (accept(command, answer)) {
      flushIfDue();
    }
    return answer.future();
  }

  /**
   * Whether a reserve waits for a job, so that nothing else can be sent. Only meaningful on the connection's context.
   *
   * @return true from the sending of a blocking reserve to its answer
   */
  public boolean waiting() {
    return waiting;
  }

  /**
   * Commands without an answer yet. Only meaningful on the connection's context.
   *
   * @return how many
   */
  public int pipelined() {
    return waiters.size();
  }

  /**
   * Whether more can be sent without piling up in memory. Only meaningful on the connection's context.
   *
   * @return false while the broker reads more slowly than this side writes
   */
  public boolean writable() {
    congested = batch.length() > FULL_BATCH || socket.writeQueueFull();
    return !congested;
  }

  /**
   * What waits to be written. Only meaningful on the connection's context.
   *
   * @return bytes; more than those of one turn only while the broker does not read
   */
  public int unwrittenBytes() {
    return batch.length();
  }

  /** Whom to tell when {@link #writable()} was false and has become true. */
  public void onRelieved(Runnable handler) {
    relieved = handler;
  }

  /**
   * The end of this connection, however it comes.
   *
   * @return completes once, with the reason, when the connection has ended and every command without an answer has
   *     failed; it never fails itself
   */
  public Future<Throwable> closed() {
    return closed.future();
  }

  /**
   * Ends the connection: commands without an answer fail. Idempotent.
   *
   * @return completes when the connection has ended and its socket is closed
   */
  public Future<Void> close() {
    Throwable cause =
        new BeanstalkClosedException("the connection was closed by this side", true, null);
    if (onLoop()) {
      end(cause);
    } else {
      try {
        context.runOnContext(v -> end(cause));
      } catch (RejectedExecutionException e) {
        // The event loop has ended and took the socket and its waiters along.
        return Future.succeededFuture();
      }
    }
    return released.future();
  }

  /** Whether this is its event loop's thread: another context there must not be behind what this one sends at once. */
  private boolean onLoop() {
    // The internal type, because only it can tell its thread.
    return ((ContextInternal) context).inThread();
  }

  private boolean enqueue(Command command, Promise<Reply> answer) {
    boolean accepted = accept(command, answer);
    if (accepted) {
      flushLater();
    }
    return accepted;
  }

  private boolean accept(Command command, Promise<Reply> answer) {
    Throwable refusal = refusal(command);
    if (refusal != null) {
      answer.fail(refusal);
      return false;
    }
    if (waiters.isEmpty()) {
      timer.heard();
    }
    command.encode(batch);
    waiters.add(new Waiter(command, answer));
    unwritten++;
    waiting = command.blocking();
    timer.oweTo(waiters.peek());
    return true;
  }

  /** Whatever is unwritten goes out when it is as much as the broker still has to answer, that is little, or it is long. */
  private void flushIfDue() {
    int due = waiters.size() - unwritten;
    if (due <= unwritten || due < FEW_ANSWERS || batch.length() > LARGEST_FIRST_BATCH) {
      flushLater();
    }
  }

  private @Nullable Throwable refusal(Command command) {
    if (endedBy != null) {
      return ended("the connection to " + peer() + " has ended", false, endedBy);
    }
    if (waiting) {
      return new BeanstalkBusyException("the connection to " + peer()
          + " waits for a job, and the server reads no other command until it is answered: send it on another"
          + " connection, or take jobs with reserve-with-timeout 0");
    }
    if (waiters.size() >= options.maxPipelined()) {
      return new BeanstalkBusyException(waiters.size() + " commands wait for the answers of "
          + peer() + ": wait for some of them, or raise maxPipelined");
    }
    if (command instanceof Command.Quit) {
      return new IllegalArgumentException("quit has no answer: call close()");
    }
    return null;
  }

  /** All commands of one turn of the event loop go out in one write. */
  private void flushLater() {
    if (!flushPending) {
      flushPending = true;
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    flushPending = false;
    if (endedBy != null || unwritten == 0) {
      return;
    }
    if (socket.writeQueueFull()) {
      flushPending = true;
      socket.drainHandler(v -> {
        flush();
        relieve();
      });
      return;
    }
    Buffer full = batch;
    batch = Buffer.buffer(Math.max(SMALLEST_BATCH, Math.min(full.length(), LARGEST_FIRST_BATCH)));
    unwritten = 0;
    socket.write(full).onFailure(this::end);
    if (congested) {
      relieve();
    }
  }

  private void relieve() {
    if (endedBy != null || !congested) {
      return;
    }
    if (socket.writeQueueFull()) {
      socket.drainHandler(v -> {
        flush();
        relieve();
      });
    } else if (relieved != null) {
      congested = false;
      relieved.run();
    }
  }

  private void silence() {
    end(new BeanstalkConnectionException(
        peer() + " owed an answer and was silent for " + options.replyTimeout(), true, null));
  }

  private void answer(Reply reply) {
    Waiter waiter = waiters.poll();
    if (waiter == null) {
      end(new BeanstalkConnectionException(
          peer() + " sent an answer that nothing had asked for: " + name(reply), true, null));
      return;
    }
    if (!waiter.command().isAnsweredBy(reply)) {
      waiters.addFirst(waiter);
      end(new BeanstalkConnectionException(
          "the stream to " + peer() + " is out of step: " + name(reply) + " is no answer to "
              + name(waiter.command()),
          true,
          null));
      return;
    }
    if (waiter.command().blocking()) {
      waiting = false;
    }
    timer.oweTo(waiters.peek());
    waiter.answer().complete(reply);
    if (unwritten > 0) {
      flushIfDue();
    }
    if (outOfStep(waiter.command(), reply)) {
      end(new BeanstalkConnectionException(
          "the stream to " + peer() + " is out of step: " + reply, true, null));
    }
  }

  /** The broker reads the body of a put that it did not understand as commands, and answers to these too. */
  private static boolean outOfStep(Command command, Reply reply) {
    return reply instanceof Reply.ExpectedCrlf
        || (command instanceof Command.Put
            && (reply instanceof Reply.BadFormat || reply instanceof Reply.UnknownCommand));
  }

  /**
   * The one way in which a connection ends; on the event loop. Idempotent.
   *
   * @param cause why; commands without an answer fail because of it
   */
  public void end(Throwable cause) {
    if (endedBy != null) {
      return;
    }
    endedBy = cause;
    waiting = false;
    parser.finish();
    timer.stop();
    int written = waiters.size() - unwritten;
    Waiter[] open = waiters.toArray(new Waiter[0]);
    waiters.clear();
    batch = Buffer.buffer(0);
    unwritten = 0;
    for (int i = 0; i < open.length; i++) {
      String fate = i < written ? "before the answer came" : "before the command was written";
      open[i]
          .answer()
          .fail(ended(
              "the connection to " + peer() + " ended " + fate + ": " + cause.getMessage(),
              i < written,
              cause));
    }
    closed.complete(cause);
    // A client that was closed before does not close a socket that came after.
    socket.close().eventually(client::close).onComplete(done -> released.complete());
  }

  /** Not the whole: bodies have no place in messages. */
  private static String name(Object reply) {
    return reply.getClass().getSimpleName();
  }

  private static BeanstalkException ended(String message, boolean sent, Throwable cause) {
    return cause instanceof BeanstalkClosedException
        ? new BeanstalkClosedException(message, sent, cause)
        : new BeanstalkConnectionException(message, sent, cause);
  }

  private String peer() {
    return options.host() + ":" + options.port();
  }

  @Override
  public String toString() {
    return "BeanstalkConnection[" + peer() + "]";
  }

  /** Who waits for an answer, and to what. */
  record Waiter(Command command, Promise<Reply> answer) {}

  private final class Replies implements ReplyHandler {
    @Override
    public void reply(Reply reply) {
      answer(reply);
    }

    @Override
    public void malformed(MalformedReplyException cause) {
      end(cause);
    }
  }
}
