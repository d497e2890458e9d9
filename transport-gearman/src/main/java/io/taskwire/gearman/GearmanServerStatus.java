/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the connection to one server, at one moment.
 *
 * @param server host and port, as in {@code localhost:4730}
 * @param state where the connection is
 * @param since since when it is there
 * @param cause why the last attempt failed or the last connection was lost; null if nothing went wrong since it was
 *     connected last
 * @param nextAttempt when connecting is tried again; null if that is under way, or not needed, or given up
 */
public record GearmanServerStatus(
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
    /** The last attempt failed; the next one follows at {@link GearmanServerStatus#nextAttempt}. */
    FAILED,
    /** Attempts have ended: they cannot help, or were limited. */
    GIVEN_UP,
    /** Closed by its owner. */
    CLOSED
  }

  /**
   * Tells whether the server can be used.
   *
   * @return true if it is connected
   */
  public boolean isConnected() {
    return state == State.CONNECTED;
  }
}
