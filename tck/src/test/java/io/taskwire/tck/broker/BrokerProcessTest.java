/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.bed.Await;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

  private static final int TIMES = 30;
  private static final int LOOKS = 1_000;

  @TempDir
  Path folder;

  @Test
  void no_thread_of_a_program_goes_on_once_freeze_has_returned() throws IOException {
    Path file = folder.resolve("counts");
    LongBuffer counts = BusyProgram.counts(file);
    try (BrokerProcess program = new BrokerProcess("busy", BrokerProcessTest::command)) {
      program.start(List.of(Integer.toString(program.port()), file.toString()));
      for (int time = 0; time < TIMES; time++) {
        program.freeze();
        List<Long> frozen = read(counts);
        // Long enough for a thread on another processor to be seen counting.
        for (int look = 0; look < LOOKS; look++) {
          assertThat(read(counts)).isEqualTo(frozen);
        }
        program.thaw();
        Await.until("the program counts on", () -> !read(counts).equals(frozen));
      }
    }
  }

  private static List<Long> read(LongBuffer counts) {
    return IntStream.range(0, BusyProgram.THREADS).mapToObj(counts::get).toList();
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        BusyProgram.class.getName());
  }
}
