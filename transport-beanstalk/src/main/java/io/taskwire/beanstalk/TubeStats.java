/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/**
 * What {@code stats-tube} says of a tube. A number that the server does not give is 0.
 *
 * @param tube its name
 * @param jobs what it has now
 * @param totalJobs the jobs put since it was created
 * @param using connections whose puts go to it
 * @param watching connections that reserve from it
 * @param waiting those of them that wait for a job now
 * @param deletes the jobs deleted from it
 * @param pauses how often it was paused
 * @param pause how long the pause is that it is in; zero if it is in none
 * @param pauseLeft how long until it ends
 * @param raw every line as the server sent it, by key, in order
 */
public record TubeStats(
    Tube tube,
    JobCounts jobs,
    long totalJobs,
    long using,
    long watching,
    long waiting,
    long deletes,
    long pauses,
    Duration pause,
    Duration pauseLeft,
    Map<String, String> raw)
    implements StatsTubeReply {

  /**
   * Reads the answer to {@code stats-tube}.
   *
   * @param body the body of the reply
   * @return the numbers
   * @throws IllegalArgumentException if it is no such answer
   */
  public static TubeStats of(Buffer body) {
    StatValues values = StatValues.of(body);
    return new TubeStats(
        Tube.of(values.text("name")),
        JobCounts.of(values),
        values.number("total-jobs"),
        values.number("current-using"),
        values.number("current-watching"),
        values.number("current-waiting"),
        values.number("cmd-delete"),
        values.number("cmd-pause-tube"),
        values.seconds("pause"),
        values.seconds("pause-time-left"),
        values.all());
  }
}
