/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python program that puts JSON tasks, or works on them, as those on aio-beanstalk do. */
final class PythonPeer implements AutoCloseable {

  private final Path script;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private PythonPeer(String role, int port, String tube, Object... more) {
    try (InputStream source = PythonPeer.class.getResourceAsStream("/json-task/peer.py")) {
      if (source == null) {
        throw new IllegalStateException("peer.py is not on the class path");
      }
      script = Files.createTempFile("peer", ".py");
      Files.write(script, source.readAllBytes());
      List<String> line = new ArrayList<>(
          List.of("python3", script.toString(), role, "127.0.0.1", Integer.toString(port), tube));
      for (Object each : more) {
        line.add(each.toString());
      }
      ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.environment().put("PYTHONIOENCODING", "utf-8");
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in = process.outputWriter(StandardCharsets.UTF_8);
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  static PythonPeer producer(int port, String tube, long priority, int delay, int ttr) {
    return new PythonPeer("put", port, tube, priority, delay, ttr);
  }

  static PythonPeer worker(int port, String tube, int retries, int seconds) {
    return new PythonPeer("work", port, tube, retries, seconds);
  }

  /** Has a producer put {@code [name, kwargs, args]}, and gives what the broker said. */
  String put(String call) {
    try {
      in.write(call + "\n");
      in.flush();
      return line();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line that it prints. */
  String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the peer has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end by itself. */
  int exit() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the peer does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
