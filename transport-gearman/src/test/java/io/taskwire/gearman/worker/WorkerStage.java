/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Brokers, workers and callers of one test, closed in the reverse order of their making. */
final class WorkerStage implements AutoCloseable {

  private final Deque<AutoCloseable> made = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    made.push(part);
    return part;
  }

  GearmandBroker broker() {
    GearmandBroker broker = add(GearmandBroker.create());
    broker.start();
    return broker;
  }

  GearmanWorker worker(int... ports) {
    return worker(WorkerOptions.create().drainTimeout(Duration.ofSeconds(1)), ports);
  }

  GearmanWorker worker(WorkerOptions options, int... ports) {
    return add(GearmanWorker.open(servers(ports).build(), options));
  }

  /** Quick to try again, and with a heartbeat that only tests want. */
  static GearmanOptions.Builder servers(int... ports) {
    GearmanOptions.Builder options =
        GearmanOptions.builder().retry(Duration.ofMillis(50)).heartbeat(Duration.ofSeconds(1));
    for (int port : ports) {
      options.server("127.0.0.1", port);
    }
    return options;
  }

  JobCaller caller(int port) {
    return add(new JobCaller(port));
  }

  static <T> T take(LinkedBlockingQueue<T> queue) {
    try {
      T next = queue.poll(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + Await.LIMIT);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines that the server answers to a text command, without the dot at their end. */
  static List<String> admin(int port, String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write((command + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      BufferedReader reader = new BufferedReader(new InputStreamReader(
          socket.getInputStream(), java.nio.charset.StandardCharsets.ISO_8859_1));
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine();
          line != null && !line.equals(".");
          line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Total, running and workers of a function, as the server counts them; empty if it does not know it. */
  static String status(int port, String function) {
    for (String line : admin(port, "status")) {
      if (line.startsWith(function + "\t")) {
        return line.substring(function.length() + 1).replace('\t', ' ');
      }
    }
    return "";
  }

  @Override
  public void close() {
    while (!made.isEmpty()) {
      try {
        made.pop().close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
