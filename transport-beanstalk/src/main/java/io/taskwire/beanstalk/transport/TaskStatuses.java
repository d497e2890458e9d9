/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.Reply;

/** The broker's words for where a job is, in ours. */
final class TaskStatuses {

  private TaskStatuses() {}

  static TaskStatus of(Reply reply) {
    State state = State.UNKNOWN;
    if (reply instanceof Reply.Ok stats) {
      state = switch (JobStats.of(stats.body()).state()) {
        case DELAYED -> State.DELAYED;
        case READY -> State.QUEUED;
        case RESERVED -> State.RUNNING;
        case BURIED -> State.DEAD;
      };
    }
    return new TaskStatus(state, null);
  }
}
