/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_JOB_SCHED}. Queues a background job for a calendar time; empty fields match all. Server 1.1.20 refuses it.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param minute 0-59
 * @param hour 0-23
 * @param dayOfMonth 1-31
 * @param month 1-12
 * @param dayOfWeek 0-6, 0 is Monday
 * @param payload the workload, to the end of the packet
 */
public record SubmitJobSched(
    String function,
    String unique,
    String minute,
    String hour,
    String dayOfMonth,
    String month,
    String dayOfWeek,
    Buffer payload)
    implements Request {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitJobSched {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
    Fields.requireNoNul("minute", minute);
    Fields.requireNoNul("hour", hour);
    Fields.requireNoNul("dayOfMonth", dayOfMonth);
    Fields.requireNoNul("month", month);
    Fields.requireNoNul("dayOfWeek", dayOfWeek);
  }

  static SubmitJobSched decode(Arguments arguments) {
    return new SubmitJobSched(
        arguments.text(0),
        arguments.text(1),
        arguments.text(2),
        arguments.text(3),
        arguments.text(4),
        arguments.text(5),
        arguments.text(6),
        arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_JOB_SCHED;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
    Fields.text(out, minute);
    Fields.end(out);
    Fields.text(out, hour);
    Fields.end(out);
    Fields.text(out, dayOfMonth);
    Fields.end(out);
    Fields.text(out, month);
    Fields.end(out);
    Fields.text(out, dayOfWeek);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
