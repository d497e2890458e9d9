/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import org.jspecify.annotations.Nullable;

/**
 * A job was sent, and no answer came: the server may have it or not. It is not sent again by itself, because then it might run
 * twice; whether that does harm only the caller knows.
 */
public final class PutOutcomeUnknownException extends BeanstalkException {

  private static final long serialVersionUID = 1;

  /** The server that it was sent to. */
  private final String server;

  /**
   * Creates one.
   *
   * @param server host and port of the server that it was sent to
   * @param message what happened, and what to do
   * @param cause why there is no answer, null if nothing else is behind it
   */
  public PutOutcomeUnknownException(String server, String message, @Nullable Throwable cause) {
    super(message, true, cause);
    this.server = server;
  }

  /**
   * Gives the server that may have the job.
   *
   * @return host and port
   */
  public String server() {
    return server;
  }
}
