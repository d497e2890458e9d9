/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One broker process on one port, with a folder of its own for its log and its data. */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int SHOWN_LOG_LINES = 20;

  private final String program;

  /** What is started, before its arguments; found when it is needed. */
  private final Supplier<List<String>> command;

  /** How long it may take to start, and to stop. */
  private final Duration limit;

  private final int port = FreePort.find();
  private final Path folder;
  private final Thread killAtExit = new Thread(this::kill, "taskwire-tck-kill-broker");
  private @Nullable Process process;

  /**
   * One of an installed program. Not started yet.
   *
   * @param program its name, without a folder
   */
  public BrokerProcess(String program) {
    this(program, () -> List.of(Binary.find(program)));
  }

  /** One of any command, with a name to be spoken of. */
  BrokerProcess(String program, Supplier<List<String>> command) {
    this(program, command, LIMIT);
  }

  /** One of any command that takes its time. */
  BrokerProcess(String program, Supplier<List<String>> command, Duration limit) {
    this.program = program;
    this.command = command;
    this.limit = limit;
    try {
      folder = Files.createTempDirectory("taskwire-" + program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(killAtExit);
  }

  /**
   * Tells the port, which was free when this object was made.
   *
   * @return where the program is to listen, on 127.0.0.1
   */
  public int port() {
    return port;
  }

  /** Makes a folder for the broker's data, kept across restarts. */
  Path dataFolder() {
    try {
      return Files.createDirectories(folder.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param arguments tell the program to listen on {@link #port()}
   * @throws IllegalStateException if it runs already, ends, or does not listen in time
   */
  public void start(List<String> arguments) {
    start(arguments, environment -> {});
  }

  /** Starts it in an environment that is ours but for what is changed. */
  void start(List<String> arguments, Consumer<Map<String, String>> environment) {
    if (isRunning()) {
      throw new IllegalStateException(program + " runs already on port " + port);
    }
    List<String> line = new ArrayList<>(command.get());
    line.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      environment.accept(builder.environment());
      Process started = builder.start();
      process = started;
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + line, e);
    }
  }

  private void awaitReady(Process started) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!accepts()) {
      if (!started.isAlive()) {
        throw new IllegalStateException(
            program + " ended at its start with " + started.exitValue() + tail());
      }
      if (System.nanoTime() - deadline > 0) {
        kill();
        throw new IllegalStateException(program + " does not listen on port " + port + " within "
            + limit.toSeconds() + " s" + tail());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  boolean isRunning() {
    Process current = process;
    return current != null && current.isAlive();
  }

  void stop() {
    Process current = process;
    if (current != null) {
      thaw();
      current.destroy();
      if (!awaitEnd(current)) {
        kill();
      }
    }
  }

  void kill() {
    Process current = process;
    if (current != null) {
      current.destroyForcibly();
      if (!awaitEnd(current)) {
        throw new IllegalStateException(program + " (" + current.pid() + ") outlived kill -9");
      }
    }
  }

  private boolean awaitEnd(Process process) {
    boolean interrupted = Thread.interrupted();
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Halts it, and waits until it has halted. */
  void freeze() {
    signal("STOP");
    if (!ProcessThreads.canBeSeen()) {
      return;
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ProcessThreads.areStopped(running().pid())) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            program + " does not halt within " + limit.toSeconds() + " s" + tail());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  void thaw() {
    if (isRunning()) {
      signal("CONT");
    }
  }

  /** Writes a line to what the program reads. */
  void tell(String line) throws IOException {
    Process current = process;
    if (current == null || !current.isAlive()) {
      throw new IOException(program + " is not running");
    }
    OutputStream in = current.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  void signal(String name) {
    try {
      Process sender =
          new ProcessBuilder("kill", "-" + name, Long.toString(running().pid())).start();
      if (!awaitEnd(sender) || sender.exitValue() != 0) {
        throw new IllegalStateException("cannot send SIG" + name + " to " + program);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    Process current = process;
    if (current == null || !current.isAlive()) {
      throw new IllegalStateException(program + " is not running");
    }
    return current;
  }

  /** Kills it, and removes its folder. */
  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(killAtExit);
    } catch (IllegalStateException exiting) {
      // the hook runs already, or will
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
      List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size());
      return last.isEmpty() ? "" : "; it said:\n" + String.join("\n", last);
    } catch (IOException e) {
      return "; its log cannot be read: " + e;
    }
  }
}
