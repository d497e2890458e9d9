/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** One of the C programs, working on one broker; it forks a worker, and ends by itself after a time limit. */
final class Yardstick {

  private static final int LIMIT_SECONDS = 60;
  private static final int FIRST_COUNT = 5_000;
  private static final int FIRST_COUNT_OF_LARGE = 100;

  private final Path program;
  private final int port;

  Yardstick(Path program, int port) {
    this.program = program;
    this.port = port;
  }

  /** As many tasks as fit into the time, which needs a run to find the rate at first. */
  Work mode(String mode, String... options) {
    return new Timed(mode, FIRST_COUNT, List.of(options));
  }

  /** The same with a payload of a mebibyte. */
  Work largeMode(String mode, String... options) {
    List<String> all = new ArrayList<>(List.of("-s", Integer.toString(Payload.LARGE)));
    all.addAll(List.of(options));
    return new Timed(mode, FIRST_COUNT_OF_LARGE, all);
  }

  /** So many tasks a second, asked for before each run. */
  Work paced(String mode, ToDoubleFunction<Placement> perSecond, String... options) {
    return new Work() {
      @Override
      public Measurement run(Placement placement, Duration length) {
        long rate = (long) perSecond.applyAsDouble(placement);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-R", Long.toString(rate)));
        long count = Math.max(1, rate * length.toMillis() / 1000);
        return Yardstick.this.run(mode, all, count).measurement(mode);
      }

      @Override
      public boolean isPossible() {
        return isThere();
      }

      @Override
      public boolean warmsUp() {
        return false;
      }
    };
  }

  /** A mode that prints the two steps by these names. */
  BacklogWork backlog(String mode, String submit, String drain, String... options) {
    return new BacklogWork() {
      @Override
      public Measured run(int count) {
        YardstickOutput output = Yardstick.this.run(mode, List.of(options), count);
        return new Measured(output.measurement(submit), output.measurement(drain));
      }

      @Override
      public boolean isPossible() {
        return isThere();
      }

      @Override
      public boolean warmsUp() {
        return false;
      }
    };
  }

  private boolean isThere() {
    return Files.isExecutable(program);
  }

  private YardstickOutput run(String mode, List<String> options, long count) {
    List<String> command = new ArrayList<>(List.of(
        program.toString(),
        "-p",
        Integer.toString(port),
        "-m",
        mode,
        "-s",
        Integer.toString(Payload.SIZE),
        "-t",
        Integer.toString(LIMIT_SECONDS),
        "-n",
        Long.toString(count)));
    command.addAll(options);
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("failed: " + String.join(" ", command));
      }
      return YardstickOutput.parse(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private final class Timed implements Work {

    private final String mode;
    private final int firstCount;
    private final List<String> options;
    private final Map<Placement, Double> rates = new EnumMap<>(Placement.class);

    Timed(String mode, int firstCount, List<String> options) {
      this.mode = mode;
      this.firstCount = firstCount;
      this.options = options;
    }

    @Override
    public Measurement run(Placement placement, Duration length) {
      double rate =
          rates.computeIfAbsent(placement, unused -> measure(firstCount).perSecond());
      Measurement measured =
          measure(Math.max(firstCount / 5, (long) (rate * length.toMillis() / 1000)));
      rates.put(placement, measured.perSecond());
      return measured;
    }

    private Measurement measure(long count) {
      return Yardstick.this.run(mode, options, count).measurement(mode);
    }

    @Override
    public boolean isPossible() {
      return isThere();
    }

    @Override
    public boolean warmsUp() {
      return false;
    }
  }
}
