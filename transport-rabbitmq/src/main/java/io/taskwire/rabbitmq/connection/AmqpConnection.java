/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import io.taskwire.spi.BrokerConnectException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a RabbitMQ. Everything is called and calls back on the event loop of the context it was opened with, which
 * also reads and writes its socket, and nothing blocks that loop. It ends once, and stays dead.
 *
 * <p>Its threads: those of amqp-client that wait for what is not of messages, and send heartbeats; one that opens the
 * connection, one that asks, while there are questions, and one that closes.
 */
public final class AmqpConnection {

  private static final Logger LOG = LoggerFactory.getLogger(AmqpConnection.class);

  /** How long the broker has to answer to the closing of a connection in order. */
  private static final int POLITE_CLOSE_MILLIS = 2000;

  /** When the socket is closed whatever happens: of a close in order, and of any other end. */
  private static final int CLOSE_LIMIT_MILLIS = 2500;

  private static final int END_LIMIT_MILLIS = 500;

  /** A broker that has blocked this connection reads nothing of it. */
  private static final int BLOCKED_CLOSE_LIMIT_MILLIS = 100;

  /** After the socket is closed the threads have little left to do. */
  private static final int RELEASE_MILLIS = 400;

  // The internal type, because its timers ring on this context, whichever is current when they are
  // set.
  private final ContextInternal context;
  private final String broker;
  private final Failures failures;
  private final Connection client;
  private final FrameSocket socket;
  private final ConnectionThreads threads;
  private final Inbox inbox;
  private final Output output;
  private final FrameWriter writer;
  private final Questions questions;

  /** Of no context: they complete also when the loop has ended. */
  private final Promise<Throwable> closed = Promise.promise();

  private final Promise<Void> released = Promise.promise();

  private final List<PublishChannel> publishers = new ArrayList<>();
  private final Set<ConsumeChannel> consumers = new LinkedHashSet<>();

  /** Of what has no answer yet. */
  private final Set<Long> answerTimers = new LinkedHashSet<>();

  /** Of the closing of the socket; negative if none runs. */
  private long closeTimer = -1;

  private Runnable relieved = () -> {};
  private Consumer<@Nullable String> blockedHandler = reason -> {};
  private boolean blocked;
  private boolean closing;
  private @Nullable Throwable endedBy;

  AmqpConnection(Connecting made, Connection client, FrameSocket socket) {
    this.context = made.context();
    this.broker = made.options().broker();
    this.failures = made.failures();
    this.threads = made.threads();
    this.inbox = made.inbox();
    this.client = client;
    this.socket = socket;
    this.output = socket.output();
    this.writer = new FrameWriter(output, client.getFrameMax());
    this.questions = new Questions(this, threads, client);
    inbox.whenLoopEnded(socket::abort);
    output.onRelieved(() -> inbox.add(this::tellRelieved));
    client.addShutdownListener(signal -> inbox.add(() -> end(signal)));
    client.addBlockedListener(new Blocking());
  }

  /**
   * Opens a connection.
   *
   * @return fails with a {@link io.taskwire.spi.BrokerConnectException}, which is not retryable for bad credentials, no such
   *     virtual host, access refused, TLS verification and a wrong protocol
   */
  public static Future<AmqpConnection> open(Context context, ConnectionOptions options) {
    return new Connecting(context, options).start();
  }

  /** Host and port. */
  public String broker() {
    return broker;
  }

  /** Completes once, with the reason, which is a {@link io.taskwire.spi.BrokerConnectException}; never fails. */
  public Future<Throwable> closed() {
    return closed.future();
  }

  /** Opens a channel to publish on. When the broker closes it the whole connection is given up. */
  public Future<PublishChannel> openPublisher() {
    return questions.run(asked -> PublishChannel.open(this, asked)).onSuccess(opened -> {
      publishers.add(opened);
      socket.attach(opened.number(), opened);
      if (endedBy != null) {
        opened.end(endedBy);
      }
    });
  }

  /** Opens a channel to consume on, with limits of what is delivered and not yet acknowledged; 0 is no limit. */
  public Future<ConsumeChannel> openConsumer(int prefetchSize, int prefetchCount) {
    return questions
        .run(asked -> ConsumeChannel.open(this, asked, prefetchSize, prefetchCount))
        .onSuccess(opened -> {
          consumers.add(opened);
          socket.attach(opened.number(), opened);
          if (endedBy != null) {
            opened.end(endedBy);
          }
        });
  }

  void forget(ConsumeChannel ended) {
    consumers.remove(ended);
  }

  /**
   * Asks the broker something; one question after the other.
   *
   * @return fails with a {@link BrokerRefusal}, or with the connection's end, which is also brought about by no answer within
   *     20 s
   */
  public <T> Future<T> ask(ChannelCall<T> call) {
    return questions.ask(call);
  }

  /** False while too much waits to be written, or the broker has blocked the connection. */
  public boolean isWritable() {
    return !blocked && output.isWritable();
  }

  /** Whom to tell when {@link #isWritable} was false and has become true. */
  public void onRelieved(Runnable handler) {
    relieved = handler;
  }

  /** Whether the broker reads no publishes for now: it lacks memory or disk space. */
  public boolean isBlocked() {
    return blocked;
  }

  /** Whom to tell when the broker blocks the connection, with its reason, and when it goes on, with null. */
  public void onBlocked(Consumer<@Nullable String> handler) {
    blockedHandler = handler;
  }

  /** Ends the connection: what was asked for before is written first. Takes 3 s at most, does not fail. Idempotent. */
  public Future<Void> close() {
    if (closing || endedBy != null) {
      return released.future();
    }
    closing = true;
    forceAfter(blocked ? BLOCKED_CLOSE_LIMIT_MILLIS : CLOSE_LIMIT_MILLIS);
    output.whenWritten(() -> end(closedByThisSide()));
    return released.future();
  }

  private BrokerConnectException closedByThisSide() {
    return new BrokerConnectException(
        "the connection to " + broker + " was closed by this side", true, null);
  }

  /** The one way in which a connection ends: at once, with everything that is open on it. Idempotent. */
  public void end(Throwable cause) {
    if (endedBy != null) {
      return;
    }
    BrokerConnectException reason = failures.lost(cause);
    endedBy = reason;
    output.drop();
    answerTimers.forEach(context.owner()::cancelTimer);
    answerTimers.clear();
    if (!closing) {
      forceAfter(END_LIMIT_MILLIS);
    }
    publishers.forEach(publisher -> publisher.end(reason));
    List.copyOf(consumers).forEach(consumer -> consumer.end(reason));
    questions.end(reason);
    closed.complete(reason);
    if (client.isOpen()) {
      threads.newThread(() -> client.abort(POLITE_CLOSE_MILLIS)).start();
    }
    threads.whenNone(() -> {
      try {
        context.runOnContext(v -> release());
      } catch (RejectedExecutionException loopEnded) {
        released.tryComplete();
      }
    });
  }

  private void forceAfter(int millis) {
    closeTimer = context.setTimer(millis, forced -> {
      end(closedByThisSide());
      socket.abort();
      closeTimer = context.setTimer(RELEASE_MILLIS, late -> released.tryComplete());
    });
  }

  private void release() {
    socket.abort();
    context.owner().cancelTimer(closeTimer);
    released.tryComplete();
  }

  /** Gives the connection up if what was asked for does not come. */
  void limit(Promise<?> answer, String what) {
    long timer = context.setTimer(
        ClientOpening.ANSWER_LIMIT_MILLIS,
        late -> end(new TimeoutException(
            "no answer to " + what + " within " + ClientOpening.ANSWER_LIMIT_MILLIS + " ms")));
    answerTimers.add(timer);
    answer.future().onComplete(done -> {
      if (answerTimers.remove(timer)) {
        context.owner().cancelTimer(timer);
      }
    });
  }

  private void tellRelieved() {
    if (endedBy == null && isWritable()) {
      relieved.run();
    }
  }

  private void blocked(@Nullable String reason) {
    if (endedBy != null || blocked == (reason != null)) {
      return;
    }
    blocked = reason != null;
    if (blocked) {
      LOG.warn("{} takes no messages for now: {}", broker, reason);
    } else {
      LOG.info("{} takes messages again", broker);
    }
    blockedHandler.accept(reason);
    if (!blocked) {
      tellRelieved();
    }
  }

  /** Calls behind what this turn of the event loop still has to do. */
  void atEndOfTurn(Runnable action) {
    context.runOnContext(turn -> action.run());
  }

  Inbox inbox() {
    return inbox;
  }

  /** What writes for the channels. */
  FrameWriter writer() {
    return writer;
  }

  Output output() {
    return output;
  }

  Questions questions() {
    return questions;
  }

  Failures failures() {
    return failures;
  }

  @Override
  public String toString() {
    return "AmqpConnection[" + broker + "]";
  }

  /** On the reading thread. */
  private final class Blocking implements BlockedListener {

    @Override
    public void handleBlocked(String reason) {
      inbox.add(() -> blocked(reason));
    }

    @Override
    public void handleUnblocked() {
      inbox.add(() -> blocked(null));
    }
  }
}
