/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code stats-job} says of a job. Times are whole seconds; a number that the server does not give is 0.
 *
 * @param id the job
 * @param tube the tube that it is in
 * @param state where it is
 * @param priority 0, the most urgent, to 4,294,967,295
 * @param age the time since it was put
 * @param delay the delay it was put or released with
 * @param timeToRun how long it may be held without a touch
 * @param timeLeft until it becomes ready by itself: the rest of the delay, or of the time to run; zero in other states
 * @param file the number of the oldest binlog file that has it; 0 if the server keeps no binlog
 * @param reserves how often it was reserved
 * @param timeouts how often its time to run was over
 * @param releases how often it was released
 * @param buries how often it was buried
 * @param kicks how often it was kicked
 * @param raw every line as the server sent it, by key, in order
 */
public record JobStats(
    long id,
    Tube tube,
    JobState state,
    long priority,
    Duration age,
    Duration delay,
    Duration timeToRun,
    Duration timeLeft,
    long file,
    long reserves,
    long timeouts,
    long releases,
    long buries,
    long kicks,
    Map<String, String> raw)
    implements StatsJobReply {

  /**
   * Reads the answer to {@code stats-job}.
   *
   * @param body the body of the reply
   * @return the numbers
   * @throws IllegalArgumentException if it is no such answer
   */
  public static JobStats of(Buffer body) {
    StatValues values = StatValues.of(body);
    return new JobStats(
        values.number("id"),
        Tube.of(values.text("tube")),
        JobState.valueOf(values.text("state").toUpperCase(Locale.ROOT)),
        values.number("pri"),
        values.seconds("age"),
        values.seconds("delay"),
        values.seconds("ttr"),
        values.seconds("time-left"),
        values.number("file"),
        values.number("reserves"),
        values.number("timeouts"),
        values.number("releases"),
        values.number("buries"),
        values.number("kicks"),
        values.all());
  }
}
