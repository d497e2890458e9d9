/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** A job was not queued, and will not run. */
public final class JobRefusedException extends GearmanException {

  private static final long serialVersionUID = 1;

  /** Why a job is refused. */
  public enum Reason {
    /** The request cannot be sent as it is: a name or key too long, an object without a serializer. Change it. */
    INVALID,
    /** The payload is longer than {@link GearmanOptions#maxPayload}. */
    TOO_LARGE,
    /** The client holds as many jobs as its options allow. Submit it again when others have ended. */
    CLIENT_FULL,
    /** The server holds as many jobs of that function as it may ({@code maxqueue}). Submit it again later. */
    SERVER_FULL,
    /** The server refuses it for another reason, given in the message. */
    REFUSED
  }

  /** Why. */
  private final Reason reason;

  /**
   * Creates one.
   *
   * @param reason why
   * @param message what is wrong, with which job, and what to do
   * @param cause what is behind it, null if nothing else is
   */
  public JobRefusedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Says why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
