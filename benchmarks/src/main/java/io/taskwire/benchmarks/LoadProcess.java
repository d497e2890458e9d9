/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * A JVM that puts {@link Load} on a broker, and stays warm between the commands, which are answered with the measurement if
 * there is one:
 *
 * <pre>
 * serve NAME CONCURRENCY
 * round-trips NAME WINDOW SIZE MILLIS
 * one-at-a-time NAME MILLIS
 * open-loop NAME RATE MILLIS
 * submits NAME WINDOW COUNT
 * drain NAME CONCURRENCY COUNT
 * </pre>
 */
final class LoadProcess {

  private LoadProcess() {}

  /** Starts it; the arguments are the program, as {@link LoadJvm.Program} names it, and the broker's URI. */
  public static void main(String[] args) throws IOException {
    try (Load load = LoadJvm.Program.valueOf(args[0]).open(args[1])) {
      CommandLoop.run(words -> perform(load, words));
    }
  }

  private static String perform(Load load, String[] words) {
    if (words[0].equals("compiled")) {
      return Long.toString(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }
    String name = words[1];
    int number = Integer.parseInt(words[2]);
    return switch (words[0]) {
      case "serve" -> {
        load.serve(name, number);
        yield "";
      }
      case "round-trips" ->
        load.roundTrips(name, number, Integer.parseInt(words[3]), millis(words[4]))
            .toText();
      case "one-at-a-time" -> load.oneAtATime(name, millis(words[2])).toText();
      case "open-loop" -> load.openLoop(name, number, millis(words[3])).toText();
      case "submits" -> load.submits(name, number, Integer.parseInt(words[3])).toText();
      case "drain" -> load.drain(name, number, Integer.parseInt(words[3])).toText();
      default -> throw new IllegalArgumentException("no such command: " + words[0]);
    };
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }
}
