/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.JobStats;

/** The broker's words for where a job is, in ours. */
final class TaskStatuses {

  private TaskStatuses() {}

  static TaskStatus of(Reply reply) {
    State state = State.UNKNOWN;
    if (reply instanceof Reply.Ok stats) {
      state = switch (JobStats.of(stats).state()) {
        case "delayed" -> State.DELAYED;
        case "ready" -> State.QUEUED;
        case "reserved" -> State.RUNNING;
        case "buried" -> State.DEAD;
        default -> State.UNKNOWN;
      };
    }
    return new TaskStatus(state, null);
  }
}
