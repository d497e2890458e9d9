/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_JOB_BG}. Queues a background job of normal priority: its client hears nothing of it after {@link JobCreated}.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param payload the workload, to the end of the packet
 */
public record SubmitJobBg(String function, String unique, Buffer payload)
    implements PayloadRequest {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitJobBg {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
  }

  static SubmitJobBg decode(Arguments arguments) {
    return new SubmitJobBg(arguments.text(0), arguments.text(1), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_JOB_BG;
  }

  @Override
  public void appendArguments(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
  }
}
