/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import java.util.Map;

/**
 * What {@code stats-job} says of a job.
 *
 * @param state ready, delayed, reserved or buried
 * @param priority its priority, which release and bury must give again
 * @param ttrSeconds its time to run
 * @param reserves how often it was reserved
 * @param ageSeconds whole seconds since it was put
 */
public record JobStats(
    String state, long priority, long ttrSeconds, long reserves, long ageSeconds) {

  /** What is missing is as most clients put it. */
  public static JobStats of(Reply.Ok stats) {
    Map<String, String> values = StatsText.map(stats.body());
    return new JobStats(
        values.getOrDefault("state", ""),
        number(values, "pri", 1024),
        number(values, "ttr", 60),
        number(values, "reserves", 1),
        number(values, "age", 0));
  }

  private static long number(Map<String, String> values, String key, long absent) {
    try {
      return Long.parseLong(values.getOrDefault(key, ""));
    } catch (NumberFormatException e) {
      return absent;
    }
  }
}
