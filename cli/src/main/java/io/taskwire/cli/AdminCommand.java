/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskwire admin}. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Looks after a broker, in its own words. With gearman:// the ACTION is one of",
      "  status                            jobs and workers of each function",
      "  prioritystatus                    jobs that wait, by priority",
      "  workers                           connections, and the functions they serve",
      "  show-jobs, show-unique-jobs       the jobs, their unique keys",
      "  cancel HANDLE                     keep a waiting job from running",
      "  maxqueue FUNCTION [N | HIGH NORMAL LOW]",
      "                                    limit the jobs that wait, 0 or nothing for no limit",
      "  create FUNCTION, drop FUNCTION    make a function known, forget it and its jobs",
      "  version, getpid, verbose          what the server is, its process, how much it logs",
      "  shutdown [graceful]               end the server, if it knows that (gearmand 1.1 does not)",
      "and with beanstalk://",
      "  tubes                             jobs and connections of each tube",
      "  stats [TUBE]                      the numbers of the server, or of a tube",
      "  job ID                            the numbers of a job",
      "  peek ID, peek TUBE STATE          a job; the next one of a tube that is ready, delayed or buried",
      "  kick TUBE [N], kick-job ID        make a buried job ready, or a delayed one; or N of them",
      "  pause TUBE TIME                   keep its jobs from being reserved, for 30s or 10m; 0s ends it",
      "  delete ID, bury ID                remove a job that no worker holds, or put it aside",
      "  drain TUBE [STATE]                delete its jobs that no worker holds, or those in STATE",
      "What the server refuses is exit code 7."
    },
    footer = {"", ExitCode.HELP})
final class AdminCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin
  private BrokerOptions broker = new BrokerOptions();

  @Option(names = "--json", description = "Write one line of JSON in place of a table.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "ACTION", description = "What to do, see above.")
  private String action = "";

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "With what.")
  private List<String> arguments = List.of();

  @Mixin
  private LogOptions log = new LogOptions();

  AdminCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    log.applyForOneTask();
    try (BrokerAdmin admin = BrokerAdmin.open(broker.uri())) {
      Report report = admin.run(action, arguments);
      String text = json ? report.json() : report.text();
      streams.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.DONE;
  }
}
