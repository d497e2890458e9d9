/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;

/** A client or worker that sends what a test says, over a plain blocking socket. */
public final class RawPeer implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;

  private final Socket socket;
  private final ArrayDeque<Response> received = new ArrayDeque<>();
  private final FrameParser<Response> parser = FrameParser.responses(new Listener(), 1 << 20);

  public RawPeer(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(LIMIT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void send(Request... requests) {
    Buffer out = Buffer.buffer();
    for (Request request : requests) {
      request.encodeRequest(out);
    }
    try {
      socket.getOutputStream().write(out.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Response next() {
    byte[] chunk = new byte[8192];
    try {
      while (received.isEmpty()) {
        int read = socket.getInputStream().read(chunk);
        if (read < 0) {
          throw new AssertionError("the server has closed the connection");
        }
        parser.feed(Buffer.buffer(Arrays.copyOf(chunk, read)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return received.remove();
  }

  /** Waits until the server has taken what was sent. */
  public void awaitTaken() {
    send(new EchoReq(Buffer.buffer("taken")));
    Response answer = next();
    if (!(answer instanceof EchoRes)) {
      throw new AssertionError("expected an echo: " + answer);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Listener implements FrameListener<Response> {

    @Override
    public void frame(Response frame) {
      received.add(frame);
    }

    @Override
    public void oversized(Response frame, long payloadLength) {
      throw new AssertionError("oversized " + frame);
    }

    @Override
    public void text(String line) {
      throw new AssertionError("text " + line);
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      throw failure;
    }
  }
}
