/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.Response;

/** Waits for one answer that names no job: those come in the order of the requests. */
public interface Reply {

  /** Whether the packet can be the answer. If not, an ERROR is unasked, and anything else belongs to a later request. */
  boolean accepts(Response answer);

  /** Whether some servers leave the request unanswered. */
  default boolean isOptional() {
    return false;
  }

  void answered(Response answer);

  /**
   * Takes a line of text.
   *
   * @return false if no text was asked for
   */
  default boolean text(String line) {
    return false;
  }

  /** A later request was answered first: the server does not know this one. Only where it {@link #isOptional}. */
  default void skipped() {}

  /**
   * No answer will come.
   *
   * @param sent whether the request may have reached the server
   */
  void failed(Throwable cause, boolean sent);
}
