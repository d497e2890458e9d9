/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.vertx.core.buffer.Buffer;

/**
 * Hears of one foreground job, from its creation on: at last exactly one of {@link #completed}, {@link #threw}, {@link
 * #failed}, {@link #tooLarge} and {@link #lost}.
 */
public interface JobListener {

  void status(long numerator, long denominator);

  void data(Buffer data);

  default void warning(Buffer data) {}

  /** Partial data is over the limit, and was skipped; the job goes on. */
  default void dataTooLarge(long length) {}

  /** A warning is over the limit, and was skipped; the job goes on. */
  default void warningTooLarge(long length) {}

  void completed(Buffer data);

  /** WORK_EXCEPTION: the worker says why the job failed. */
  void threw(Buffer data);

  /** WORK_FAIL: it does not. */
  void failed();

  /** The result or the exception is over the limit, and was skipped. */
  void tooLarge(long length);

  /** The connection is closed before the end of the job. */
  void lost(Throwable cause);
}
