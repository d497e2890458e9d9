/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.StatsReply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code stats} says of a server. What counts, counts since its start; a number that it does not give is 0, a text empty.
 *
 * @param jobs what it has now, all tubes together
 * @param commands how often each command was given, by its name as in {@code reserve-with-timeout}
 * @param jobTimeouts how often a time to run was over
 * @param totalJobs the jobs put
 * @param maxJobSize bytes of the largest body it takes
 * @param tubes the tubes there are
 * @param connections open connections
 * @param producers those that have put a job
 * @param workers those that have reserved one, or tried to
 * @param waiting those that wait for a job
 * @param totalConnections the connections taken
 * @param pid its process
 * @param version as in {@code 1.12}
 * @param userTime what it has used of processors by itself
 * @param systemTime what the system has used of them for it
 * @param uptime the time since its start
 * @param binlog its files
 * @param draining whether it refuses new jobs
 * @param id drawn by the process at its start: another id is another life of the server
 * @param hostname the name of its machine
 * @param os the version of its operating system
 * @param platform the kind of its processor
 * @param raw every line as the server sent it, by key, in order
 */
public record ServerStats(
    JobCounts jobs,
    Map<String, Long> commands,
    long jobTimeouts,
    long totalJobs,
    long maxJobSize,
    long tubes,
    long connections,
    long producers,
    long workers,
    long waiting,
    long totalConnections,
    long pid,
    String version,
    Duration userTime,
    Duration systemTime,
    Duration uptime,
    BinlogStats binlog,
    boolean draining,
    String id,
    String hostname,
    String os,
    String platform,
    Map<String, String> raw)
    implements StatsReply {

  private static final String COMMAND = "cmd-";

  /**
   * Reads the answer to {@code stats}.
   *
   * @param body the body of the reply
   * @return the numbers
   */
  public static ServerStats of(Buffer body) {
    StatValues values = StatValues.of(body);
    return new ServerStats(
        JobCounts.of(values),
        commands(values),
        values.number("job-timeouts"),
        values.number("total-jobs"),
        values.number("max-job-size"),
        values.number("current-tubes"),
        values.number("current-connections"),
        values.number("current-producers"),
        values.number("current-workers"),
        values.number("current-waiting"),
        values.number("total-connections"),
        values.number("pid"),
        values.text("version"),
        values.time("rusage-utime"),
        values.time("rusage-stime"),
        values.seconds("uptime"),
        BinlogStats.of(values),
        values.text("draining").equals("true"),
        values.text("id"),
        values.text("hostname"),
        values.text("os"),
        values.text("platform"),
        values.all());
  }

  private static Map<String, Long> commands(StatValues values) {
    Map<String, Long> commands = new LinkedHashMap<>();
    for (String key : values.all().keySet()) {
      if (key.startsWith(COMMAND)) {
        commands.put(key.substring(COMMAND.length()), values.number(key));
      }
    }
    return Collections.unmodifiableMap(commands);
  }
}
