/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A job that the server has handed to this worker, whichever of the three packets it came in.
 *
 * @param handle the job handle
 * @param function the function name
 * @param unique the unique id; empty if it has none, or the server did not say
 * @param reducer the function that joins the results; empty if it has none, or the server did not say
 * @param payload the workload
 */
public record AssignedJob(
    String handle, String function, String unique, String reducer, Buffer payload) {

  /** Reads a packet; null if it is no job. */
  static @Nullable AssignedJob of(Response packet) {
    return switch (packet.type()) {
      case JOB_ASSIGN_UNIQ -> {
        JobAssignUniq job = (JobAssignUniq) packet;
        yield new AssignedJob(job.handle(), job.function(), job.unique(), "", job.payload());
      }
      case JOB_ASSIGN -> {
        JobAssign job = (JobAssign) packet;
        yield new AssignedJob(job.handle(), job.function(), "", "", job.payload());
      }
      case JOB_ASSIGN_ALL -> {
        JobAssignAll job = (JobAssignAll) packet;
        yield new AssignedJob(
            job.handle(), job.function(), job.unique(), job.reducer(), job.payload());
      }
      default -> null;
    };
  }
}
