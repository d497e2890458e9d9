/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the figures depend on beside the programs. */
final class Machine {

  private static final List<String> SERVER_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private Machine() {}

  /** The cores these programs may use. */
  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Programs that wanted a core, on average over the last minute; negative if the system does not tell. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  static String processor() {
    return fact(Path.of("/proc/cpuinfo"), "model name");
  }

  /** Which cores this process may use, as taskset takes it. */
  static String allowedCores() {
    return fact(Path.of("/proc/self/status"), "Cpus_allowed_list");
  }

  static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
        + System.getProperty("os.arch");
  }

  static String java() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
  }

  static boolean hasProgram(String name) {
    String path = System.getenv("PATH");
    return Stream.concat(
            Stream.of((path == null ? "" : path).split(":", -1)), SERVER_FOLDERS.stream())
        .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, name)));
  }

  /** The first line that the command prints, or "unknown". */
  static String says(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.SECONDS);
      return out.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static String fact(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
