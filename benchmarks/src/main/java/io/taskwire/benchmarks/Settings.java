/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param brokers which
 * @param rounds how often each side has its turn
 * @param lap how long a turn is
 * @param warmUp how long the JVMs of a broker warm up
 * @param backlogs how often a backlog is submitted and worked off in a turn
 * @param cpus the cores on which everything runs once the JVMs are warm; null for any
 * @param jvmFlags for the JVMs that are measured
 * @param yardsticks the folder with the C programs
 * @param json whether to print JSON on standard output
 */
record Settings(
    Set<String> brokers,
    int rounds,
    Duration lap,
    Duration warmUp,
    int backlogs,
    @Nullable String cpus,
    List<String> jvmFlags,
    Path yardsticks,
    boolean json) {

  static final List<String> BROKERS = List.of("memory", "gearman", "beanstalkd", "rabbitmq");

  /** The server of our own, which is measured when it is named. */
  static final String GEARMAN_SERVER = "gearman-server";

  static final String USAGE = """
      usage: bin/bench [OPTION...] [memory] [gearman] [beanstalkd] [rabbitmq] [gearman-server]

      Measures Taskwire on these brokers, or on the first four, and beside it what C programs do
      over raw sockets, or on RabbitMQ its own Java client, against the same broker process, in
      turns. Prints medians of the rounds. gearman-server is Taskwire's own server, which a C
      program compares with gearmand.

        --quick         three short rounds: under three minutes in all
        --rounds N      how often each side has its turn (default 5)
        --seconds S     how long a turn is (default 2)
        --cpus LIST     measure with everything, brokers included, on these cores (as taskset -c)
        --jvm FLAG      a flag for the JVMs that are measured (default -Xms512m -Xmx512m)
        --json          print JSON on standard output, the table on standard error

      Exit codes: 0 no row is below its floor, 1 some row is, 2 usage, 3 measuring failed.
      """;

  /** Reads the arguments of the command line; null stands for a call for help. */
  static @Nullable Settings parse(List<String> arguments) {
    Set<String> brokers = new LinkedHashSet<>();
    List<String> flags = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
    boolean quick = arguments.contains("--quick");
    boolean json = false;
    String cpus = null;
    int rounds = quick ? 3 : 5;
    double seconds = quick ? 0.6 : 2;
    Path yardsticks = Path.of("yardsticks");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "-h", "--help" -> {
          return null;
        }
        case "--quick" -> {}
        case "--json" -> json = true;
        case "--rounds" -> rounds = Integer.parseInt(value(rest, argument));
        case "--seconds" -> seconds = Double.parseDouble(value(rest, argument));
        case "--cpus" -> cpus = value(rest, argument);
        case "--jvm" -> flags.add(value(rest, argument));
        case "--yardsticks" -> yardsticks = Path.of(value(rest, argument));
        default -> {
          if (!BROKERS.contains(argument) && !argument.equals(GEARMAN_SERVER)) {
            throw new IllegalArgumentException("unknown argument: " + argument);
          }
          brokers.add(argument);
        }
      }
    }
    if (rounds < 1 || seconds <= 0) {
      throw new IllegalArgumentException("rounds and seconds must be more than zero");
    }
    return new Settings(
        brokers.isEmpty() ? new LinkedHashSet<>(BROKERS) : brokers,
        rounds,
        Duration.ofMillis((long) (seconds * 1000)),
        Duration.ofSeconds(quick ? 12 : 20),
        quick ? 2 : 5,
        cpus,
        flags,
        yardsticks,
        json);
  }

  private static String value(Iterator<String> rest, String option) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
