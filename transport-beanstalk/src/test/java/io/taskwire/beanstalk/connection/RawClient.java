/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A peer that knows nothing of Taskwire: a plain socket, and the words of the protocol. */
public final class RawClient implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(LIMIT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command, and gives the line of its answer. */
  public String say(String command) {
    try {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return line();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command whose answer has a body, and gives the body; the line itself if there is none. */
  public String ask(String command) {
    String line = say(command);
    if (!line.startsWith("OK ") && !line.startsWith("FOUND ") && !line.startsWith("RESERVED ")) {
      return line;
    }
    try {
      int length = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
      String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      line();
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a job and gives its number. */
  public long put(String tube, long ttr, String body) {
    say("use " + tube);
    String answer = say("put 1024 0 " + ttr + " " + body.length() + "\r\n" + body);
    return Long.parseLong(answer.substring("INSERTED ".length()));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the broker closed the connection");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
