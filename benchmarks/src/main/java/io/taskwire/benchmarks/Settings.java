/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param brokers which
 * @param only rows whose work contains this are measured; empty for all
 * @param placements where everything runs once the JVMs are warm
 * @param core the one of {@link Placement#ONE_CORE}; empty for the first one allowed
 * @param rounds how often each side has its turn in each placement
 * @param lap how long a turn is
 * @param warmUp how long the JVMs of a broker warm up
 * @param backlogs how often a backlog is submitted and worked off in a turn
 * @param jvmFlags for the JVMs that are measured
 * @param jdk25 where there is a JDK 25; null if nowhere
 * @param yardsticks the folder with the C programs
 * @param comparisons the folder with the other libraries\' programs; null if they were not built
 * @param json whether to print JSON on standard output
 * @param charts the folder that charts are written to; null for none
 */
record Settings(
    Set<String> brokers,
    String only,
    Set<Placement> placements,
    String core,
    int rounds,
    Duration lap,
    Duration warmUp,
    int backlogs,
    List<String> jvmFlags,
    @Nullable Path jdk25,
    Path yardsticks,
    @Nullable Path comparisons,
    boolean json,
    @Nullable Path charts) {

  static final List<String> BROKERS = List.of("memory", "gearman", "beanstalkd", "rabbitmq");

  /** Other libraries for a call with a result, which are measured when they are named, and built by bin/compare. */
  static final String COMPARISONS = "comparisons";

  /** The server of our own, which is measured when it is named. */
  static final String GEARMAN_SERVER = "gearman-server";

  boolean wants(String work) {
    return work.toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
  }

  /** Whether there is no time for what takes its time. */
  boolean isBrief() {
    return lap.toSeconds() < 1;
  }

  Yardstick yardstick(String program, int port) {
    return new Yardstick(yardsticks.resolve(program), port);
  }
}
