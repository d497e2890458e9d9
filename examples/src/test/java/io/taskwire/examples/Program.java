/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program in a process of its own, whose output a test reads line by line. */
final class Program implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final Process process;

  // The thread that reads the output meets the test's thread here.
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  private Program(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("TASKWIRE_"));
    builder.environment().putAll(environment);
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + command.get(0), e);
    }
    this.reader = new Thread(this::readOutput, "output of " + command.get(command.size() - 1));
    reader.start();
  }

  static Program start(List<String> command) {
    return new Program(command, Map.of());
  }

  /** An example, with the class path of this test. */
  static Program java(Class<?> main, Map<String, String> environment) {
    String classPath = Stream.of("jdk.module.path", "java.class.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath,
        main.getName());
    return new Program(command, environment);
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader()) {
      String line;
      while ((line = output.readLine()) != null) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the output cannot be read: " + e.getMessage());
    }
  }

  /** The next line. */
  String line() throws InterruptedException {
    return Objects.requireNonNull(
        lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS), "the program prints nothing more");
  }

  /** Asks it to end, as {@code kill} does. */
  void terminate() {
    process
        .toHandle()
        .destroy(); // Process.destroy() would also close the streams that are still to be read
  }

  /** Waits until it has ended by itself; the lines not read yet. */
  List<String> end() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the program does not end");
    }
    reader.join();
    List<String> rest = new ArrayList<>();
    lines.drainTo(rest);
    return rest;
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
