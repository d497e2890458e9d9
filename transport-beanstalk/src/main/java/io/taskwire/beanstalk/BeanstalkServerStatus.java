/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one server of a producer or consumer, at one moment.
 *
 * @param server host and port, as in {@code localhost:11300}
 * @param state where the connection is
 * @param since since when it is there
 * @param cause why the last attempt failed or the last connection was lost; null if nothing went wrong since it was
 *     connected last
 * @param nextAttempt when connecting is tried again; null if that is under way, or not needed, or given up
 */
public record BeanstalkServerStatus(
    String server,
    State state,
    Instant since,
    @Nullable Throwable cause,
    @Nullable Instant nextAttempt) {

  /** Where a connection is. */
  public enum State {
    /** An attempt to connect is under way. */
    CONNECTING,
    /** The server can be used. */
    CONNECTED,
    /** The server is connected and has said DRAINING: it takes no new jobs until it is started again. */
    DRAINING,
    /** The last attempt failed; the next one follows at {@link BeanstalkServerStatus#nextAttempt}. */
    FAILED,
    /** Attempts have ended: they cannot help, or were limited. */
    GIVEN_UP,
    /** Closed by its owner. */
    CLOSED
  }

  /**
   * Tells whether there is a connection.
   *
   * @return true if it is connected, also if the server takes no new jobs
   */
  public boolean isConnected() {
    return state == State.CONNECTED || state == State.DRAINING;
  }

  /** The server, its state, and why. */
  @Override
  public String toString() {
    return server + " is " + state + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
