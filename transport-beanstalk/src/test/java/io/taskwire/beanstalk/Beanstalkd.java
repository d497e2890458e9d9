/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real beanstalkd on a port of its own, which ends with the test. */
final class Beanstalkd implements AutoCloseable {

  private final int port;
  private final List<String> arguments;
  private Process process;

  private Beanstalkd(int port, List<String> arguments) {
    this.port = port;
    this.arguments = arguments;
    this.process = launch();
    // Also if the test's JVM is ended from outside.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  static Beanstalkd start(String... arguments) {
    return new Beanstalkd(freePort(), List.of(arguments));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  ConnectionOptions options() {
    return ConnectionOptions.of("127.0.0.1", port);
  }

  /** Asks the broker to take no more jobs. */
  void drain() {
    signal("-USR1");
  }

  /** Stops the process as a machine that hangs does: sockets stay open, nothing answers. */
  void stall() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void restart() {
    kill();
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launch() {
    List<String> command =
        new ArrayList<>(List.of("beanstalkd", "-l", "127.0.0.1", "-p", String.valueOf(port)));
    command.addAll(arguments);
    try {
      Process started = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
          .start();
      Awaitility.await()
          .atMost(10, TimeUnit.SECONDS)
          .pollInterval(java.time.Duration.ofMillis(5))
          .until(() -> answers());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
