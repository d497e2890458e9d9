/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The longest pause for a garbage collection, as the JVM's own log has it, while memory round trips run at full speed. */
final class LongestPause implements AutoCloseable {

  private static final Pattern PAUSE = Pattern.compile(" Pause .* ([0-9.]+)ms");
  private static final String NAME = "pauses";
  private static final int WINDOW = 256;
  private static final int ENOUGH = 10;
  private static final int MOST_LAPS = 30;

  private final Path log;
  private final LoadJvm jvm;

  LongestPause(Settings settings) {
    try {
      log = Files.createTempFile("taskwire-pauses", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> flags = new ArrayList<>(settings.jvmFlags());
    flags.add("-Xlog:gc:file=" + log + "::filecount=0");
    jvm = LoadJvm.start(LoadJvm.Program.TASKWIRE, "memory:", flags);
    jvm.serve(NAME, 64);
  }

  void warmUp(Duration length) {
    jvm.roundTrips(NAME, WINDOW, Payload.SIZE, length);
  }

  /** In milliseconds, of {@value ENOUGH} collections or more; zero if there is none for a long time. */
  double during(Duration lap) {
    int before = pauses().size();
    for (int i = 0; i < MOST_LAPS && pauses().size() < before + ENOUGH; i++) {
      jvm.roundTrips(NAME, WINDOW, Payload.SIZE, lap);
    }
    return pauses().stream().skip(before).mapToDouble(pause -> pause).max().orElse(0);
  }

  private List<Double> pauses() {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(PAUSE::matcher)
          .filter(Matcher::find)
          .map(pause -> Double.valueOf(pause.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    jvm.close();
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
