/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.Priority;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRefusedException.Reason;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.codec.SubmitReduceJob;
import io.taskwire.gearman.codec.SubmitReduceJobBackground;
import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.gearman.connection.JobPacket;
import io.taskwire.gearman.connection.Utf8;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of a request goes over the wire, checked once and sent as often as the job is. */
final class SubmitPacket {

  private final JobRequest request;
  private final String function;
  private final @Nullable String reducer;
  private final Buffer payload;

  private SubmitPacket(
      JobRequest request, String function, @Nullable String reducer, Buffer payload) {
    this.request = request;
    this.function = function;
    this.reducer = reducer;
    this.payload = payload;
  }

  /**
   * Checks a request.
   *
   * @throws JobRefusedException if it cannot be sent
   */
  static SubmitPacket of(JobRequest request, String namespace, Payloads payloads, int maxPayload) {
    String function = namespace + request.function();
    String reducer = request.reducer() == null ? null : namespace + request.reducer();
    refuse(request, FunctionName.refuse(function));
    refuse(request, reducer == null ? null : FunctionName.refuse(reducer));
    refuse(request, wrongUnique(request));
    refuse(request, wrongCombination(request));
    Buffer payload;
    try {
      payload = payloads.encode(request.payload(), request.payloadType());
    } catch (RuntimeException e) {
      throw new JobRefusedException(
          Reason.INVALID, "the payload of " + request + " cannot be encoded: " + e.getMessage(), e);
    }
    if (payload.length() > maxPayload) {
      throw new JobRefusedException(
          Reason.TOO_LARGE,
          "the payload of " + request + " has " + payload.length() + " bytes, maxPayload is "
              + maxPayload,
          null);
    }
    return new SubmitPacket(request, function, reducer, payload);
  }

  private static void refuse(JobRequest request, @Nullable String wrong) {
    if (wrong != null) {
      throw new JobRefusedException(
          Reason.INVALID, "the job " + request + " cannot be sent: " + wrong, null);
    }
  }

  private static @Nullable String wrongUnique(JobRequest request) {
    String unique = request.unique();
    if (unique.equals("-") && !request.isUniqueByPayload()) {
      return "the unique key - joins jobs of equal payload: if that is meant, say uniqueByPayload()";
    }
    if (unique.indexOf('\0') >= 0) {
      return "a unique key cannot hold a NUL";
    }
    if (Utf8.isLonger(unique, JobRequest.MAX_UNIQUE_BYTES)) {
      return "a unique key has at most " + JobRequest.MAX_UNIQUE_BYTES + " bytes of UTF-8";
    }
    return null;
  }

  private static @Nullable String wrongCombination(JobRequest request) {
    if (request.at() == null && request.reducer() == null) {
      return null;
    }
    if (request.at() != null && request.reducer() != null) {
      return "no packet of the protocol has both a time and a reducer";
    }
    return request.priority() == Priority.NORMAL
        ? null
        : "no packet of the protocol has a priority together with a time or a reducer";
  }

  /** What equal jobs have in common; null if it is not to meet others. */
  @Nullable
  String meetingKey() {
    if (request.isUniqueByPayload()) {
      return function + '\0' + payload.hashCode();
    }
    return request.unique().isEmpty() ? null : function + '\0' + request.unique();
  }

  Request with(String unique) {
    Instant at = request.at();
    boolean background = request.isBackground();
    if (at != null) {
      return new SubmitJobEpoch(function, unique, at.getEpochSecond(), payload);
    }
    if (reducer != null) {
      return background
          ? new SubmitReduceJobBackground(function, unique, reducer, "", payload)
          : new SubmitReduceJob(function, unique, reducer, "", payload);
    }
    return JobPacket.of(request.priority(), background, function, unique, payload);
  }
}
