/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.codec.Reply;

/** How it stands with a job, by its number. */
final class BeanstalkTaskStatus {

  private BeanstalkTaskStatus() {}

  static Report ask(String uri, String id) {
    try (BeanstalkAdmin admin = BeanstalkAdmin.open(uri)) {
      return Report.value(
          "state", word(admin.jobStats(BeanstalkBrokerAdmin.id(id)).await().state()));
    } catch (BeanstalkReplyException e) {
      if (e.reply() instanceof Reply.NotFound) {
        return Report.value("state", "unknown");
      }
      throw e;
    }
  }

  /** The word that every broker's tasks have for it. */
  private static String word(JobState state) {
    return switch (state) {
      case READY -> "waiting";
      case RESERVED -> "running";
      case DELAYED -> "delayed";
      case BURIED -> "buried";
    };
  }
}
