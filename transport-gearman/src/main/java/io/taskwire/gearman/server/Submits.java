/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.Priority;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.codec.SubmitReduceJob;
import io.taskwire.gearman.codec.SubmitReduceJobBackground;
import io.taskwire.gearman.connection.Utf8;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a connection asks for as a client. */
final class Submits {

  /** As gearmand has it. */
  private static final int MAX_UNIQUE_BYTES = 64;

  /** Seconds; so that their milliseconds have room in a long. */
  private static final long FARTHEST_EPOCH = Long.MAX_VALUE / 2_000;

  private static final ErrorResponse UNIQUE_TOO_LONG =
      new ErrorResponse("ARGUMENT_TOO_LARGE", "Unique value too large");
  private static final ErrorResponse QUEUE_FULL =
      new ErrorResponse("QUEUE_ERROR", "Job queue is full");
  private static final ErrorResponse SHUTTING_DOWN =
      new ErrorResponse("SHUTTING_DOWN", "The server is shutting down");

  private final Peer client;
  private final JobBoard board;
  private final AccessList access;
  private final Tally tally;

  Submits(Peer client, JobBoard board, AccessList access, Tally tally) {
    this.client = client;
    this.board = board;
    this.access = access;
    this.tally = tally;
  }

  void foreground(String function, String unique, Buffer payload, Priority priority) {
    submit(function, unique, payload, priority, false, null, 0);
  }

  void background(String function, String unique, Buffer payload, Priority priority) {
    submit(function, unique, payload, priority, true, null, 0);
  }

  void epoch(SubmitJobEpoch job) {
    long millis = Math.min(job.epoch(), FARTHEST_EPOCH) * 1_000;
    long delayMillis = millis - System.currentTimeMillis();
    submit(job.function(), job.unique(), job.payload(), Priority.NORMAL, true, null, delayMillis);
  }

  void reduce(SubmitReduceJob job) {
    submit(job.function(), job.unique(), job.payload(), Priority.NORMAL, false, job.reducer(), 0);
  }

  void reduce(SubmitReduceJobBackground job) {
    submit(job.function(), job.unique(), job.payload(), Priority.NORMAL, true, job.reducer(), 0);
  }

  private void submit(
      String name,
      String unique,
      Buffer payload,
      Priority priority,
      boolean background,
      @Nullable String reducer,
      long delayMillis) {
    ErrorResponse refusal = refuse(name, unique);
    if (refusal == null) {
      ServerFunction function = board.functions().obtain(name);
      ServerJob job = function == null
          ? null
          : board.submit(
              client,
              new JobBoard.Order(
                  function, unique, payload, priority, background, reducer, delayMillis));
      if (job != null) {
        client.socket.send(new JobCreated(job.handle));
        return;
      }
      refusal = QUEUE_FULL;
    }
    tally.rejected++;
    client.socket.send(refusal);
  }

  private @Nullable ErrorResponse refuse(String name, String unique) {
    if (!access.canInvoke(client.subject, name)) {
      return AccessList.denied("invoke", name);
    }
    if (Utf8.isLonger(unique, MAX_UNIQUE_BYTES)) {
      return UNIQUE_TOO_LONG;
    }
    return board.isDraining() ? SHUTTING_DOWN : null;
  }
}
