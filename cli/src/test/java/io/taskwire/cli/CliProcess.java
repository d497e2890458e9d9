/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own: ours, or a foreign one. */
final class CliProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Collected stdout;
  private final Collected stderr;

  private CliProcess(List<String> command, boolean readsStdout) {
    try {
      process = new ProcessBuilder(command).start();
      if (!readsStdout) {
        process.getInputStream().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stdout = new Collected(process.getInputStream());
    stderr = new Collected(process.getErrorStream());
  }

  /** Our program, with the class path of this test. */
  static CliProcess taskwire(String... arguments) {
    return new CliProcess(command(arguments), true);
  }

  /** The same with nobody at the other end of its stdout, as after the end of {@code head}. */
  static CliProcess taskwireUnheard(String... arguments) {
    return new CliProcess(command(arguments), false);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        // A shell's background job, as this may be, ignores SIGINT and hands that on.
        "env",
        "--default-signal=INT",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        // As the launcher has it: msgpack else uses a class that newer JDKs warn of.
        "-Dmsgpack.universal-buffer=true",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static CliProcess foreign(String... command) {
    return new CliProcess(List.of(command), true);
  }

  CliProcess stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  CliProcess stdin(byte[] bytes) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  CliProcess awaitStderr(String text) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(stderr.text()).contains(text));
    return this;
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("process ended; stderr: %s", stderr.text())
        .isTrue();
    return process.exitValue();
  }

  byte[] output() throws InterruptedException {
    return stdout.bytes();
  }

  String text() throws InterruptedException {
    return new String(output(), StandardCharsets.UTF_8);
  }

  String errors() throws InterruptedException {
    return new String(stderr.bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Written by a thread that reads the stream, read by the test. */
  private static final class Collected {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    Collected(InputStream stream) {
      reader = new Thread(() -> {
        try {
          stream.transferTo(bytes);
        } catch (IOException e) {
          // The stream is closed; what came is kept.
        }
      });
      reader.setDaemon(true);
      reader.start();
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() throws InterruptedException {
      reader.join(LIMIT.toMillis());
      assertThat(reader.isAlive()).as("stream still open").isFalse();
      return bytes.toByteArray();
    }
  }
}
