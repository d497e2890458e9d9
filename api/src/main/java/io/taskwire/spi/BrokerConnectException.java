/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Why a broker could not be connected, or a connection to it was lost. */
public final class BrokerConnectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether another attempt makes sense. */
  private final boolean retryable;

  /**
   * Creates the exception.
   *
   * @param message which broker, what happened; never a password
   * @param retryable false where trying again cannot help: bad password, TLS verification, permission, wrong protocol
   * @param cause what the socket said
   */
  public BrokerConnectException(String message, boolean retryable, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /**
   * Judges what a socket said.
   *
   * @param broker the broker's address, without credentials
   * @param cause what the attempt failed with
   * @return the same in words; refused, reset, timed out and unresolved are worth another attempt, TLS verification that
   *     failed is not. {@link Tls#failed} says more of that
   */
  public static BrokerConnectException of(String broker, Throwable cause) {
    if (cause instanceof BrokerConnectException known) {
      return known;
    }
    if (cause instanceof UnknownHostException) {
      return new BrokerConnectException(
          "cannot connect to " + broker + ": the host name cannot be resolved", true, cause);
    }
    return TlsFailure.connecting(broker, cause, null);
  }

  /**
   * Tells whether another attempt makes sense.
   *
   * @return false where trying again cannot help
   */
  public boolean isRetryable() {
    return retryable;
  }
}
