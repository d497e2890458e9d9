/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/** A packet that a client or a worker sends to the server. */
public sealed interface Request extends Frame
    permits CanDo,
        CantDo,
        ResetAbilities,
        PreSleep,
        SubmitJob,
        GrabJob,
        WorkStatus,
        WorkComplete,
        WorkFail,
        GetStatus,
        EchoReq,
        SubmitJobBg,
        SubmitJobHigh,
        SetClientId,
        CanDoTimeout,
        AllYours,
        WorkException,
        OptionReq,
        WorkData,
        WorkWarning,
        GrabJobUniq,
        SubmitJobHighBg,
        SubmitJobLow,
        SubmitJobLowBg,
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
