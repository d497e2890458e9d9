/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import org.jspecify.annotations.Nullable;

/** A connection has ended; a command that was on it, or was given to it later, has no answer. */
public final class ConnectionClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether the broker may have seen the command. */
  private final boolean written;

  ConnectionClosedException(String message, boolean written, @Nullable Throwable cause) {
    super(message, cause);
    this.written = written;
  }

  /**
   * Whether the broker may have seen the command.
   *
   * @return false if no byte of it was written, so that sending it again elsewhere is safe; true if its outcome is unknown
   */
  public boolean written() {
    return written;
  }
}
