/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/** A packet that a client or a worker sends to the server. */
public sealed interface Request extends Frame
    permits PayloadRequest,
        CanDo,
        CantDo,
        ResetAbilities,
        PreSleep,
        GrabJob,
        WorkStatus,
        WorkFail,
        GetStatus,
        EchoReq,
        SetClientId,
        CanDoTimeout,
        AllYours,
        WorkException,
        OptionReq,
        WorkData,
        WorkWarning,
        GrabJobUniq,
        SubmitJobSched,
        SubmitJobEpoch,
        SubmitReduceJob,
        SubmitReduceJobBackground,
        GrabJobAll,
        GetStatusUnique {

  /**
   * Appends the whole packet.
   *
   * @param out where the bytes go; owned by the caller
   */
  default void encodeRequest(Buffer out) {
    Fields.packet(out, Fields.REQUEST_MAGIC, this);
  }
}
