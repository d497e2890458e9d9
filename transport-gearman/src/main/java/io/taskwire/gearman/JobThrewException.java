/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.vertx.core.buffer.Buffer;

/** The worker said why the job failed (WORK_EXCEPTION). */
public final class JobThrewException extends JobFailedException {

  private static final long serialVersionUID = 1;

  /** What the worker sent. */
  private final transient Buffer data;

  /**
   * Creates one.
   *
   * @param message what happened to which job; begins what the worker sent, if that is text
   * @param handle the job's handle
   * @param data what the worker sent
   */
  public JobThrewException(String message, String handle, Buffer data) {
    super(message, handle);
    this.data = data;
  }

  /**
   * Gives what the worker sent.
   *
   * @return its bytes; empty after the exception was serialized
   */
  public Buffer data() {
    return data == null ? Buffer.buffer() : data;
  }
}
