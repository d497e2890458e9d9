/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The threads of another process as the system's kernel knows them. */
final class ProcessThreads {

  private ProcessThreads() {}

  /** Tells whether this system has the files that are read. */
  static boolean canBeSeen() {
    return Files.isReadable(Path.of("/proc/self/task"));
  }

  /**
   * Tells whether a signal has halted all threads of a process. The kernel hands it to one of them,
   * which halts the others when it next gets a processor.
   */
  static boolean areStopped(long pid) {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        if (!isStopped(thread.resolve("stat"))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStopped(Path stat) {
    try {
      // "pid (name) state ...", where the name may hold anything.
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return line.startsWith("T", line.lastIndexOf(')') + 2);
    } catch (IOException ended) {
      return false; // then it is not among the threads when they are looked at again
    }
  }
}
