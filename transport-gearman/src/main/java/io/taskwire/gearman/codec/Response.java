/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/** A packet that the server sends to a client or a worker. */
public sealed interface Response extends Frame
    permits Noop,
        JobCreated,
        NoJob,
        JobAssign,
        WorkStatus,
        WorkComplete,
        WorkFail,
        EchoRes,
        ErrorResponse,
        StatusRes,
        WorkException,
        OptionRes,
        WorkData,
        WorkWarning,
        JobAssignUniq,
        JobAssignAll,
        StatusResUnique {

  /**
   * Appends the whole packet.
   *
   * @param out where the bytes go; owned by the caller
   */
  default void encodeResponse(Buffer out) {
    Fields.packet(out, Fields.RESPONSE_MAGIC, this);
  }
}
