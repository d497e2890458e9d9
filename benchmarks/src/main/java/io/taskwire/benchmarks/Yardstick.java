/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the C programs in one of its modes; it forks a worker, and ends by itself after a time limit. */
final class Yardstick {

  private static final int LIMIT_SECONDS = 60;
  private static final long FIRST_COUNT = 10_000;
  private static final String RATE = "rate=";

  private final List<String> command = new ArrayList<>();
  private final String mode;
  private double expectedRate;

  Yardstick(Path program, int port, String mode, String... options) {
    this.mode = mode;
    command.addAll(List.of(
        program.toString(),
        "-p",
        Integer.toString(port),
        "-m",
        mode,
        "-s",
        Integer.toString(Payload.SIZE),
        "-t",
        Integer.toString(LIMIT_SECONDS)));
    command.addAll(List.of(options));
  }

  /** Works for about this long, which needs a run to find the rate at first; gives tasks per second. */
  double perSecond(Duration length) {
    if (expectedRate == 0) {
      expectedRate = rateOf(mode, run(FIRST_COUNT));
    }
    long count = (long) (expectedRate * length.toMillis() / 1000);
    expectedRate = rateOf(mode, run(Math.max(1_000, count)));
    return expectedRate;
  }

  /** Does this many tasks; gives tasks per second for each step of the mode. */
  Map<String, Double> run(long count) {
    List<String> full = new ArrayList<>(command);
    full.addAll(List.of("-n", Long.toString(count)));
    try {
      Process process = new ProcessBuilder(full)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("failed: " + String.join(" ", full));
      }
      return rates(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static double rateOf(String step, Map<String, Double> rates) {
    Double rate = rates.get(step);
    if (rate == null) {
      throw new IllegalStateException("no rate of " + step + " among " + rates);
    }
    return rate;
  }

  /** Lines are {@code BROKER PROGRAM STEP setting=... rate=12345/s}. */
  static Map<String, Double> rates(String output) {
    Map<String, Double> rates = new HashMap<>();
    output.lines().forEach(line -> {
      int at = line.lastIndexOf(RATE);
      String number = line.substring(at + RATE.length()).replace("/s", "");
      rates.put(line.split(" ", -1)[2], Double.valueOf(number));
    });
    return rates;
  }
}
