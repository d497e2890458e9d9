/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A Redis that keeps everything in memory. */
final class RedisServer {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_MILLIS = 20;

  private RedisServer() {}

  /** Starts one that ends with the suite; gives its URL. */
  static String start(Suite suite) {
    int port = FreePort.find();
    ProcessBuilder program = new ProcessBuilder(
        "redis-server",
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--save",
        "",
        "--appendonly",
        "no");
    try {
      Process server = program.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      suite.closing(server::destroy);
      awaitListening(port);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start redis-server: apt-get install redis-server", e);
    }
    return "redis://127.0.0.1:" + port;
  }

  private static void awaitListening(int port) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() - end > 0) {
          throw notYet;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
