/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM of its own whose program is a {@link CommandLoop}; it ends when this is closed, or with this process. */
final class CommandJvm implements AutoCloseable {

  static final Path SAME_JDK = Path.of(System.getProperty("java.home"));

  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final long END_SECONDS = 10;

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private CommandJvm(Process process) {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  static CommandJvm start(Class<?> program, List<String> flags, String... arguments) {
    return start(SAME_JDK, program, flags, arguments);
  }

  static CommandJvm start(
      Path javaHome, Class<?> program, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return start(new ProcessBuilder(command));
  }

  /** The same with any program that answers commands in this way. */
  static CommandJvm start(ProcessBuilder program) {
    try {
      return new CommandJvm(
          program.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program.command(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the command is done; gives what came of it. */
  String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      String answer =
          CompletableFuture.supplyAsync(this::readAnswer).get(GRACE.toSeconds(), TimeUnit.SECONDS);
      if (!answer.startsWith("ok ")) {
        throw new IllegalStateException(command + ": " + answer);
      }
      return answer.substring("ok ".length());
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no answer to: " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String readAnswer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the process ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it without letting it close anything. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
