/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/** A request whose payload can be as long as a user wants it, and may therefore be written without being copied. */
public sealed interface PayloadRequest extends Request
    permits SubmitJob,
        SubmitJobBg,
        SubmitJobHigh,
        SubmitJobHighBg,
        SubmitJobLow,
        SubmitJobLowBg,
        WorkComplete {

  /**
   * What the packet ends in.
   *
   * @return the payload itself, not a copy
   */
  Buffer payload();

  /**
   * Appends what stands between the header and the payload.
   *
   * @param out where the bytes go; owned by the caller
   */
  void appendArguments(Buffer out);

  @Override
  default void appendBody(Buffer out) {
    appendArguments(out);
    out.appendBuffer(payload());
  }

  /**
   * Appends all of the packet that comes before the payload. The payload has to follow.
   *
   * @param out where the bytes go; owned by the caller
   */
  default void encodeHead(Buffer out) {
    Fields.head(out, Fields.REQUEST_MAGIC, this);
  }
}
