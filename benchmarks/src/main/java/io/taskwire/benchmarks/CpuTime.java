/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How long the threads of a process have run, as the kernel counts it; its counters of whole processes are too coarse. */
final class CpuTime {

  private CpuTime() {}

  /** Whether the system counts so: Linux does. */
  static boolean isKnown() {
    return Files.isReadable(Path.of("/proc/self/schedstat"));
  }

  /** Of all threads that are alive, since they began. */
  static long nanos(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.mapToLong(CpuTime::ofThread).sum();
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " has ended", e);
    }
  }

  private static long ofThread(Path thread) {
    try {
      String times = Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(times.substring(0, times.indexOf(' ')));
    } catch (NoSuchFileException e) {
      return 0; // it ended just now
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
