/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code JOB_CREATED}. The server has queued the job. Answers come in the order of the submits.
 *
 * @param handle the job handle
 */
public record JobCreated(String handle) implements Response {

  static JobCreated decode(Arguments arguments) {
    return new JobCreated(arguments.handle(0));
  }

  @Override
  public PacketType type() {
    return PacketType.JOB_CREATED;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
  }
}
