/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.spi.Option;
import java.time.Duration;
import java.util.List;

/** The options that only this transport reads. */
final class TransportOptions {

  /** Time to run of the jobs that this queue puts. */
  static final Option<Duration> TTR = Option.duration(
      "ttr",
      Duration.ofSeconds(60),
      Duration.ofSeconds(5),
      Duration.ofDays(1),
      "How long a worker may be silent about a task before the broker gives it to another; workers of Taskwire renew"
          + " it by themselves.");

  private TransportOptions() {}

  static List<Option<?>> all() {
    return List.of(TTR);
  }
}
