/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A client or worker that sends packets one by one and waits for answers, over a blocking socket. */
public final class RawPeer implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;
  private static final int MAX_PAYLOAD = 64 * 1024 * 1024;

  private final Socket socket;
  private final ArrayDeque<Response> packets = new ArrayDeque<>();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final FrameParser<Response> parser = FrameParser.responses(
      new FrameListener<>() {
        @Override
        public void frame(Response frame) {
          packets.add(frame);
        }

        @Override
        public void oversized(Response frame, long payloadLength) {
          throw new AssertionError(frame.type() + " with " + payloadLength + " bytes");
        }

        @Override
        public void text(String line) {
          lines.add(line);
        }

        @Override
        public void malformed(MalformedFrameException failure) {
          throw new AssertionError(failure);
        }
      },
      MAX_PAYLOAD);

  RawPeer(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawPeer of(GearmanServer server) {
    return of(server.port());
  }

  public static RawPeer of(int port) {
    try {
      return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() {
    return socket;
  }

  public RawPeer send(Request... requests) {
    Buffer bytes = Buffer.buffer();
    for (Request request : requests) {
      request.encodeRequest(bytes);
    }
    return send(bytes);
  }

  RawPeer send(Buffer bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Response next() {
    while (packets.isEmpty()) {
      if (!fill()) {
        throw new AssertionError("the server has closed the connection");
      }
    }
    return packets.remove();
  }

  <T extends Response> T next(Class<T> type) {
    Response next = next();
    assertThat(next).isInstanceOf(type);
    return type.cast(next);
  }

  /** Submits a job and gives its handle. */
  String submit(Request job) {
    send(job);
    return next(JobCreated.class).handle();
  }

  /** Sends a text command and gives the lines of an answer that ends with a line of its own. */
  List<String> list(String command) {
    text(command);
    List<String> all = new ArrayList<>();
    for (String line = line(); !line.equals("."); line = line()) {
      all.add(line);
    }
    return all;
  }

  /** Sends a text command and gives the first line of the answer. */
  String ask(String command) {
    text(command);
    return line();
  }

  RawPeer text(String command) {
    return send(Buffer.buffer((command + "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  String line() {
    while (lines.isEmpty()) {
      if (!fill()) {
        throw new AssertionError("the server has closed the connection");
      }
    }
    return lines.remove();
  }

  /** Makes sure that all that was sent has been taken and answered: the next packet is the answer to an echo. */
  public RawPeer hearsNothing() {
    send(new EchoReq(Buffer.buffer("quiet")));
    assertThat(next()).isEqualTo(new EchoRes(Buffer.buffer("quiet")));
    return this;
  }

  /** Waits until the server closes the connection, and gives what came before. */
  List<Response> untilClosed() {
    boolean open = true;
    while (open) {
      open = fill();
    }
    return List.copyOf(packets);
  }

  private boolean fill() {
    try {
      byte[] chunk = new byte[64 * 1024];
      int length = socket.getInputStream().read(chunk);
      if (length < 0) {
        return false;
      }
      parser.feed(Buffer.buffer().appendBytes(chunk, 0, length));
      return true;
    } catch (SocketException reset) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes with a reset, as a killed process with unread data would. */
  void abort() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
}
