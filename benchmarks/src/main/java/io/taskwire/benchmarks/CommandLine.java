/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code bin/bench}. */
final class CommandLine {

  static final String USAGE = """
      usage: bin/bench [OPTION...] [memory] [gearman] [beanstalkd] [rabbitmq] [gearman-server]

      Measures Taskwire on these brokers, or on the first four, and beside it what C programs do
      over raw sockets, or on RabbitMQ its own Java client, against the same broker process, in
      turns; each with everything on one core, whose figures have floors, and on any core. Prints
      medians of the rounds. gearman-server is Taskwire's own server, which a C program compares
      with gearmand.

        --quick             one short round: under three minutes in all, and less steady figures
        --only TEXT         only rows whose name of the work contains it
        --placement WHERE   one (core) or any: the other is not measured
        --core N            which core, if one (default the first that may be used)
        --rounds N          how often each side has its turn in each placement (default 5)
        --seconds S         how long a turn is (default 2)
        --jvm FLAG          one more flag for the JVMs that are measured, behind
                            -Xms512m -Xmx512m -XX:+UseParallelGC -XX:ParallelGCThreads=1
                            --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED
                            -Dio.netty.tryReflectionSetAccessible=true
        --jdk25 HOME        a JDK 25, for virtual threads (default: the variable JAVA25_HOME, or
                            the one in /usr/lib/jvm)
        --charts FOLDER     also draw the figures, as SVG
        --json              print JSON on standard output, the tables on standard error

      Exit codes: 0 no row is below its floor, 1 some row is, 2 usage, 3 measuring failed.
      """;

  private final Iterator<String> rest;
  private final Set<String> brokers = new LinkedHashSet<>();

  // Several threads of a collector would wait for each other where all processes share a core. The
  // last two let Netty make long arrays without writing zeros to them.
  private final List<String> flags = new ArrayList<>(List.of(
      "-Xms512m",
      "-Xmx512m",
      "-XX:+UseParallelGC",
      "-XX:ParallelGCThreads=1",
      "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
      "-Dio.netty.tryReflectionSetAccessible=true"));

  private final boolean quick;
  private boolean json;
  private String only = "";
  private String core = "";
  private Set<Placement> placements = EnumSet.allOf(Placement.class);
  private int rounds;
  private double seconds;
  private Path yardsticks = Path.of("yardsticks");
  private @Nullable Path jdk25 = Jdk25.home();
  private @Nullable Path comparisons;
  private @Nullable Path charts;

  private CommandLine(List<String> arguments) {
    rest = arguments.iterator();
    quick = arguments.contains("--quick");
    rounds = quick ? 1 : 5;
    seconds = quick ? 0.3 : 2;
  }

  /**
   * Reads them; null stands for a call for help.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  static @Nullable Settings parse(List<String> arguments) {
    return new CommandLine(arguments).parse();
  }

  private @Nullable Settings parse() {
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "-h", "--help" -> {
          return null;
        }
        case "--quick" -> {}
        case "--json" -> json = true;
        case "--only" -> only = value(argument);
        case "--placement" -> placements = EnumSet.of(placement(value(argument)));
        case "--core" -> core = value(argument);
        case "--rounds" -> rounds = Integer.parseInt(value(argument));
        case "--seconds" -> seconds = Double.parseDouble(value(argument));
        case "--jvm" -> flags.add(value(argument));
        case "--yardsticks" -> yardsticks = Path.of(value(argument));
        case "--comparisons" -> comparisons = Path.of(value(argument));
        case "--jdk25" -> jdk25 = Path.of(value(argument));
        case "--charts" -> charts = Path.of(value(argument));
        default -> {
          if (!Settings.BROKERS.contains(argument)
              && !argument.equals(Settings.GEARMAN_SERVER)
              && !argument.equals(Settings.COMPARISONS)) {
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
        brokers.isEmpty() ? new LinkedHashSet<>(Settings.BROKERS) : brokers,
        only,
        placements,
        core,
        rounds,
        Duration.ofMillis((long) (seconds * 1000)),
        Duration.ofSeconds(quick ? 3 : 20),
        quick ? 1 : 5,
        flags,
        jdk25,
        yardsticks,
        comparisons,
        json,
        charts);
  }

  private static Placement placement(String name) {
    return switch (name) {
      case "one" -> Placement.ONE_CORE;
      case "any" -> Placement.ANY_CORE;
      default -> throw new IllegalArgumentException("--placement is one or any, not " + name);
    };
  }

  private String value(String option) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
