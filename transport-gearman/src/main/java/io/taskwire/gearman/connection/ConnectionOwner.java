/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;

/** Hears from a {@link GearmanConnection} what answers no request of it. */
public interface ConnectionOwner {

  /** A packet that only workers get: a job, no job, or the call to look for one. */
  void worker(Response packet);

  /** A job whose payload is over the limit and was skipped. */
  void oversizedJob(Response job, long payloadLength);

  /** The server refuses something to which it sends no answer otherwise. */
  void unaskedError(ErrorResponse error);

  /** The last packet of a job that nobody waits for. */
  default void lateResult(String handle) {}

  /** All packets of the chunk at hand have been told. */
  default void endOfChunk() {}

  /** {@link GearmanConnection#isWritable()} has become true again. */
  default void writable() {}

  /**
   * Once in each heartbeat's time.
   *
   * @return whether something was sent to which the server answers at once, and nothing else has to be asked to see that it lives
   */
  default boolean heartbeat() {
    return false;
  }

  /** The connection is closed and everybody who waited was told; the last call. */
  void closed(Throwable cause);
}
