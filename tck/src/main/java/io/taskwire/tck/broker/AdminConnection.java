/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks a broker one question over a plain socket, as an administrator at a terminal would. */
final class AdminConnection {

  private static final int LIMIT_MILLIS = 5_000;

  private AdminConnection() {}

  /** Sends a line and reads the answer's lines up to and without the one that ends it. */
  static List<String> ask(int port, String question, Predicate<String> isLast) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write((question + "\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader reader = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (isLast.test(line)) {
          return lines;
        }
        lines.add(line);
      }
      throw new IOException("the broker closed the connection in the middle of its answer");
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to \"" + question + "\" on port " + port, e);
    }
  }
}
