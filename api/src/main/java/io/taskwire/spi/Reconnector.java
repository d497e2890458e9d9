/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.impl.ConnectRetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a connection to one peer: the one place where connecting and reconnecting happens, whatever a
 * connection is. A dead connection stays dead, and a new one is made.
 *
 * <pre>
 * IDLE → CONNECTING → UP → (lost) CONNECTING …
 *          ↑    ↓ failed: WAITING → CONNECTING, or IDLE when given up
 * any → CLOSED
 * </pre>
 *
 * <p>The first connection is tried as the {@link RetryPolicy} says. After a loss the first attempt is made at once, unless
 * the lost connection was itself made after a loss and lived for less than a second: then the waits go on growing, so that
 * a peer that accepts and closes is not called in a tight loop. What is not worth another attempt ({@link
 * BrokerConnectException#isRetryable}) ends all attempts, also as the cause of a loss.
 *
 * <p>Each failed attempt is logged at INFO with peer, cause and next wait; a loss at WARN; giving up at ERROR.
 *
 * <p>Everything, creating it excepted, happens on the given context: call its methods there; the target and the listener
 * are called there.
 *
 * @param <C> a connection
 */
public final class Reconnector<C> {

  private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);

  private static final Duration LONGEST_WAIT_FOR_ATTEMPT = Duration.ofSeconds(5);

  /** A connection that has lived this long was a good one. */
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(1);

  /** Where a reconnector is. */
  public enum State {
    /** Nothing is under way: not asked yet, or given up. */
    IDLE,
    /** An attempt is under way. */
    CONNECTING,
    /** An attempt has failed, the next one follows. */
    WAITING,
    /** There is a connection. */
    UP,
    /** Closed, for good. */
    CLOSED
  }

  /**
   * What is connected.
   *
   * @param <C> a connection
   */
  public interface Target<C> {

    /**
     * Makes one attempt, and limits how long it takes.
     *
     * @return a live connection; a failure that is no {@link BrokerConnectException} is judged by {@link
     *     BrokerConnectException#of}
     */
    Future<C> connect();

    /**
     * Closes a connection in order; its end is no loss.
     *
     * @param connection the one that is up, or one whose attempt succeeded too late
     * @return completes when it is closed
     */
    Future<Void> close(C connection);

    /**
     * Frees what outlives connections. Called once, at close, after the connection is closed; ends a running attempt, if
     * it can.
     *
     * @return completes when nothing is left but for a running attempt
     */
    default Future<Void> end() {
      return Future.succeededFuture();
    }
  }

  /**
   * Hears how it goes.
   *
   * @param <C> a connection
   */
  public interface Listener<C> {

    /**
     * There is a connection.
     *
     * @param connection the new one
     */
    void up(C connection);

    /**
     * An attempt has failed, and another follows.
     *
     * @param attempt the number of the failed attempt in its row, from 1
     * @param cause why
     * @param nextWait the time until the next
     */
    default void failed(int attempt, BrokerConnectException cause, Duration nextWait) {}

    /**
     * The connection is lost. Reconnecting is under way, or {@link #gaveUp} follows.
     *
     * @param connection the one that was up
     * @param cause why
     */
    default void lost(C connection, Throwable cause) {}

    /**
     * No more attempts are made until {@link Reconnector#ensureConnecting} is called again.
     *
     * @param attempt the number of the failed attempt in its row, from 1
     * @param cause why
     */
    default void gaveUp(int attempt, BrokerConnectException cause) {}
  }

  // The internal type, because its timers ring on this context, whichever is current when they are
  // set.
  private final ContextInternal context;

  private final String peer;
  private final RetryPolicy policy;
  private final Target<C> target;
  private final Listener<C> listener;

  private State state = State.IDLE;
  private @Nullable ConnectRetry row;
  private boolean rowAfterLoss;
  private @Nullable C current;
  private @Nullable Throwable lastFailure;
  private @Nullable Future<Void> closed;
  private long upSince;
  private long timer;

  /** Completes when nothing of the last attempt is under way any more. */
  private Future<?> attempted = Future.succeededFuture();

  /**
   * Creates it; nothing is connected yet.
   *
   * @param context the event loop that everything happens on
   * @param peer the address for the log and for exceptions, without credentials
   * @param policy how attempts are repeated
   * @param target what is connected
   * @param listener told how it goes
   */
  public Reconnector(
      Context context, String peer, RetryPolicy policy, Target<C> target, Listener<C> listener) {
    this.context = (ContextInternal) context;
    this.peer = peer;
    this.policy = policy;
    this.target = target;
    this.listener = listener;
  }

  /** Begins to connect, unless that is under way, or done, or this is closed. */
  public void ensureConnecting() {
    if (state == State.IDLE) {
      row = ConnectRetry.asConfigured(policy);
      rowAfterLoss = false;
      attempt();
    }
  }

  /**
   * Gives the connection.
   *
   * @return the one that is up, null if there is none
   */
  public @Nullable C current() {
    return current;
  }

  /**
   * Tells where it is.
   *
   * @return the state
   */
  public State state() {
    return state;
  }

  /**
   * Names the peer.
   *
   * @return its address, as given
   */
  public String peer() {
    return peer;
  }

  /**
   * Tells why there is no connection.
   *
   * @return the cause, as far as it is known; null while there is a connection
   */
  public @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  private void attempt() {
    state = State.CONNECTING;
    Future<C> connecting;
    try {
      connecting = target.connect();
    } catch (RuntimeException e) {
      connecting = Future.failedFuture(e);
    }
    attempted = connecting.transform(result -> {
      if (result.succeeded()) {
        return connected(result.result());
      }
      failed(result.cause());
      return Future.succeededFuture();
    });
  }

  private Future<Void> connected(C fresh) {
    if (state != State.CONNECTING) { // closed meanwhile
      return target.close(fresh);
    }
    state = State.UP;
    current = fresh;
    lastFailure = null;
    upSince = System.nanoTime();
    LOG.debug("Connected to {}", peer);
    listener.up(fresh);
    return Future.succeededFuture();
  }

  private void failed(Throwable cause) {
    if (state == State.CONNECTING) {
      tryAgainOrGiveUp(BrokerConnectException.of(peer, cause));
    }
  }

  private void tryAgainOrGiveUp(BrokerConnectException failure) {
    ConnectRetry attempts = row;
    if (attempts == null) {
      throw new IllegalStateException("an attempt belongs to a row");
    }
    lastFailure = failure;
    OptionalLong wait = attempts.failed(failure);
    if (wait.isEmpty()) {
      LOG.error("{} (attempt {}); giving up", failure.getMessage(), attempts.failures());
      state = State.IDLE;
      listener.gaveUp(attempts.failures(), failure);
      return;
    }
    Duration pause = Duration.ofMillis(wait.getAsLong());
    LOG.info(
        "{} (attempt {}); next attempt in {} s",
        failure.getMessage(),
        attempts.failures(),
        pause.toMillis() / 1000.0);
    state = State.WAITING;
    timer = context.setTimer(pause.toMillis(), id -> {
      if (state == State.WAITING && timer == id) {
        attempt();
      }
    });
    listener.failed(attempts.failures(), failure, pause);
  }

  /**
   * To be called when a connection has died; makes a new one. A connection that is not up any more counts for nothing.
   *
   * @param connection the dead one
   * @param cause why
   */
  public void lost(C connection, Throwable cause) {
    if (current != connection || state != State.UP) {
      return;
    }
    LOG.warn(
        "The connection to {} is lost, reconnecting: {}", peer, String.valueOf(cause.getMessage()));
    current = null;
    lastFailure = cause;
    boolean settled = System.nanoTime() - upSince >= SETTLED_AFTER.toNanos();
    boolean again = !rowAfterLoss || settled;
    if (again) {
      row = ConnectRetry.afterLoss(policy);
      rowAfterLoss = true;
    }
    state = State.CONNECTING;
    listener.lost(connection, cause);
    if (state != State.CONNECTING) { // closed by the listener
      return;
    }
    BrokerConnectException failure = TlsFailure.losing(peer, cause, null);
    if (again && failure.isRetryable()) {
      attempt();
    } else {
      tryAgainOrGiveUp(failure);
    }
  }

  /**
   * Ends the connection and all attempts, for good. Idempotent.
   *
   * @return completes when nothing of them is left, a running attempt included, for which 5 s are waited at most; does
   *     not fail
   */
  public Future<Void> close() {
    if (closed != null) {
      return closed;
    }
    if (state == State.WAITING) {
      context.owner().cancelTimer(timer);
    }
    state = State.CLOSED;
    C last = current;
    current = null;
    Future<Void> connectionClosed = last == null ? Future.succeededFuture() : target.close(last);
    closed = connectionClosed
        .transform(ignored -> target.end())
        .transform(ignored -> attemptEnded())
        .transform(ignored -> Future.succeededFuture());
    return closed;
  }

  /** A socket that is being opened when its event loop ends stays open for ever; so the attempt must end before. */
  private Future<Void> attemptEnded() {
    if (attempted.isComplete()) {
      return Future.succeededFuture();
    }
    Promise<Void> ended = Promise.promise();
    long limit = context.setTimer(LONGEST_WAIT_FOR_ATTEMPT.toMillis(), id -> ended.tryComplete());
    attempted.onComplete(result -> {
      context.owner().cancelTimer(limit);
      ended.tryComplete();
    });
    return ended.future();
  }

  @Override
  public String toString() {
    return "Reconnector(" + peer + ", " + state + ")";
  }
}
