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

/** A {@link LoadProcess} as those see it who started it. */
final class LoadJvm implements Load {

  /** Whose code works. */
  enum Program {
    TASKWIRE {
      @Override
      Load open(String brokerUri) {
        return new QueueLoad(brokerUri, false);
      }
    },
    TASKWIRE_BLOCKING {
      @Override
      Load open(String brokerUri) {
        return new QueueLoad(brokerUri, true);
      }
    },
    AMQP_CLIENT {
      @Override
      Load open(String brokerUri) {
        return new AmqpLoad(brokerUri);
      }
    };

    abstract Load open(String brokerUri);
  }

  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final long END_SECONDS = 10;

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private LoadJvm(Process process) {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  static LoadJvm start(Program program, String brokerUri, List<String> flags) {
    return start(Path.of(System.getProperty("java.home")), program, brokerUri, flags);
  }

  static LoadJvm start(Path javaHome, Program program, String brokerUri, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(flags);
    command.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        LoadProcess.class.getName(),
        program.name(),
        brokerUri));
    try {
      return new LoadJvm(new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  @Override
  public void serve(String name, int concurrency) {
    ask("serve " + name + " " + concurrency);
  }

  @Override
  public Measurement roundTrips(String name, int window, int size, Duration length) {
    return measure("round-trips " + name + " " + window + " " + size + " " + length.toMillis());
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return measure("one-at-a-time " + name + " " + length.toMillis());
  }

  @Override
  public Measurement openLoop(String name, long perSecond, Duration length) {
    return measure("open-loop " + name + " " + perSecond + " " + length.toMillis());
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return measure("submits " + name + " " + window + " " + count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return measure("drain " + name + " " + concurrency + " " + count);
  }

  private Measurement measure(String command) {
    return Measurement.parse(ask(command));
  }

  private String ask(String command) {
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
        throw new IllegalStateException("the load process ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
