/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.DrainedTube;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands of beanstalkd that look after tubes and jobs. */
final class BeanstalkBrokerAdmin implements BrokerAdmin {

  private static final String ACTIONS =
      "tubes, stats [TUBE], job ID, peek ID, peek TUBE STATE, kick TUBE [N], kick-job ID, pause TUBE TIME, delete ID,"
          + " bury ID and drain TUBE [STATE]";

  private static final Set<JobState> UNHELD =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(JobState.RESERVED)));

  /** What may look like a number and is a name. */
  private static final Set<String> TEXTS = Set.of("name", "version", "id", "hostname", "tube");

  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
  private static final Pattern FRACTION = Pattern.compile("\\d{1,18}\\.\\d{1,18}");

  private final BeanstalkAdmin admin;

  BeanstalkBrokerAdmin(String uri) {
    admin = BeanstalkAdmin.open(uri);
  }

  @Override
  public Report run(String action, List<String> arguments) {
    return ask(action, arguments).await();
  }

  private Future<Report> ask(String action, List<String> arguments) {
    // With the number of arguments, so that none is ignored.
    return switch (action + " " + arguments.size()) {
      case "tubes 0" -> admin.tubes().map(BeanstalkBrokerAdmin::tubes);
      case "stats 0" -> admin.stats().map(stats -> properties(stats.raw()));
      case "stats 1" ->
        admin.tubeStats(Tube.of(arguments.get(0))).map(stats -> properties(stats.raw()));
      case "job 1" -> admin.jobStats(id(arguments.get(0))).map(stats -> properties(stats.raw()));
      case "peek 1" -> admin.peek(id(arguments.get(0))).map(PeekedJob::report);
      case "peek 2" ->
        peek(Tube.of(arguments.get(0)), state(arguments.get(1))).map(PeekedJob::report);
      case "kick 1" -> kick(arguments.get(0), 1);
      case "kick 2" -> kick(arguments.get(0), number(arguments.get(1)));
      case "kick-job 1" -> done(admin.kickJob(id(arguments.get(0))));
      case "pause 2" ->
        done(admin.pause(Tube.of(arguments.get(0)), TimeConverter.parse(arguments.get(1))));
      case "delete 1" -> done(admin.delete(id(arguments.get(0))));
      case "bury 1" -> done(admin.bury(id(arguments.get(0))));
      case "drain 1" -> drain(Tube.of(arguments.get(0)), UNHELD);
      case "drain 2" -> drain(Tube.of(arguments.get(0)), Set.of(state(arguments.get(1))));
      default -> {
        String all = arguments.isEmpty() ? action : action + " " + String.join(" ", arguments);
        throw new IllegalArgumentException("\"" + all + "\" is none of " + ACTIONS);
      }
    };
  }

  private static Report tubes(List<TubeStats> tubes) {
    return Report.table(
        List.of(
            "tube",
            "ready",
            "reserved",
            "delayed",
            "buried",
            "using",
            "watching",
            "waiting",
            "paused"),
        tubes.stream()
            .map(tube -> List.of(
                tube.tube().name(),
                tube.jobs().ready(),
                tube.jobs().reserved(),
                tube.jobs().delayed(),
                tube.jobs().buried(),
                tube.using(),
                tube.watching(),
                tube.waiting(),
                tube.pauseLeft().toSeconds())));
  }

  /** In the server's own words, and numbers as numbers. */
  private static Report properties(Map<String, String> raw) {
    Map<String, Object> values = new LinkedHashMap<>();
    raw.forEach((key, text) -> values.put(key, value(key, text)));
    return Report.properties(values);
  }

  private static Object value(String key, String text) {
    if (!TEXTS.contains(key) && WHOLE.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    if (!TEXTS.contains(key) && FRACTION.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    return text;
  }

  private Future<Optional<Reply.Found>> peek(Tube tube, JobState state) {
    return switch (state) {
      case READY -> admin.peekReady(tube);
      case DELAYED -> admin.peekDelayed(tube);
      case BURIED -> admin.peekBuried(tube);
      case RESERVED -> throw new IllegalArgumentException("no server shows what is reserved");
    };
  }

  private Future<Report> kick(String tube, long bound) {
    return admin.kick(Tube.of(tube), bound).map(kicked -> Report.value("kicked", kicked));
  }

  /** As many as are there now, so that it ends while others put jobs. */
  private Future<Report> drain(Tube tube, Set<JobState> states) {
    return admin
        .tubeStats(tube)
        .compose(stats -> admin.drain(tube, states, stats.jobs().total()))
        .map(BeanstalkBrokerAdmin::drained);
  }

  private static Report drained(DrainedTube drained) {
    return Report.value("deleted", drained.total());
  }

  private static Future<Report> done(Future<Void> done) {
    return done.map(ignored -> Report.done());
  }

  /** The number of a job. */
  static long id(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not the number of a job");
    }
    return Long.parseLong(text);
  }

  private static long number(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a number of jobs");
    }
    return Long.parseLong(text);
  }

  private static JobState state(String text) {
    return UNHELD.stream()
        .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("\"" + text + "\" is none of ready, delayed and buried"));
  }

  @Override
  public void close() {
    admin.close();
  }
}
