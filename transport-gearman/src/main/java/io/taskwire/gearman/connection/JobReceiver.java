/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;

/** Takes what a {@link GrabLoop} brings. */
public interface JobReceiver {

  /**
   * A job to work on. It ends with {@link GrabLoop#settled} or {@link GrabLoop#giveBack}, exactly one of them once; that
   * may happen before this call returns.
   */
  void assigned(AssignedJob job);

  /** A job whose payload is over the limit and was skipped; to be ended like any other. */
  void oversized(AssignedJob job, long payloadLength);

  /** The server refuses something, as a rule a packet about a job that has ended elsewhere. */
  void unaskedError(ErrorResponse error);

  /**
   * The connection is closed, and the jobs it held are the server's again. The last call.
   *
   * @param expected whether this side closed it, or wanted it closed, or it was never live
   */
  void closed(Throwable cause, boolean expected);
}
