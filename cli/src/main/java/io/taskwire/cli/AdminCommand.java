/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "and with amqp://",
      "  queues [NAME...]                  messages that wait in the queues, and their consumers; all queues of",
      "                                    the virtual host are listed by RabbitMQ's management plugin",
      "  purge NAME                        delete the messages of a queue that wait",
      "  delete NAME [--if-unused] [--if-empty]",
      "                                    delete a queue, unless it has consumers, or messages",
      "What the server refuses is exit code 7."
    },
    footer = {"", ExitCode.HELP})
final class AdminCommand implements Callable<Integer> {

  static final String IF_UNUSED = "--if-unused";
  static final String IF_EMPTY = "--if-empty";

  private final Streams streams;

  @Mixin
  private BrokerOptions broker = new BrokerOptions();

  @Option(names = "--json", description = "Write one line of JSON in place of a table.")
  private boolean json;

  @Option(
      names = "--management",
      paramLabel = "URL",
      description =
          "Where RabbitMQ's management plugin is, which lists the queues; by default port 15672 of the"
              + " broker, over TLS port 15671. Asked as the broker's user.")
  private @Nullable String management;

  @Option(names = IF_UNUSED, description = "Delete a queue only if it has no consumers.")
  private boolean ifUnused;

  @Option(names = IF_EMPTY, description = "Delete a queue only if no messages wait in it.")
  private boolean ifEmpty;

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
    try (BrokerAdmin admin = BrokerAdmin.open(broker.uri(), management)) {
      Report report = admin.run(action, withConditions());
      String text = json ? report.json() : report.text();
      streams.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.DONE;
  }

  /** With the conditions as arguments, so that an action that knows none refuses them. */
  private List<String> withConditions() {
    List<String> all = new ArrayList<>(arguments);
    if (ifUnused) {
      all.add(IF_UNUSED);
    }
    if (ifEmpty) {
      all.add(IF_EMPTY);
    }
    return all;
  }
}
