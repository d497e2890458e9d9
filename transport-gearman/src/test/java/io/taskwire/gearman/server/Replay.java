/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Plays what clients and workers sent to gearmand to our server, in the order of the recording, and compares what it says
 * with what gearmand said, on each connection.
 */
final class Replay implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;
  private static final String MARK = "end of this step ";

  private final GearmanServer server;
  private final Map<Integer, Side> sides = new HashMap<>();
  private int steps;

  Replay(GearmanServer server) {
    this.server = server;
  }

  /** Plays a recording up to a note that begins so, or to its end. */
  void play(String name, String untilNote) {
    for (JsonObject line : lines(name)) {
      String note = line.getString("note", "");
      if (!untilNote.isEmpty() && note.startsWith(untilNote)) {
        break;
      }
      step(line);
    }
    sides.values().forEach(Side::check);
  }

  private static List<JsonObject> lines(String name) {
    try (InputStream in = Replay.class.getResourceAsStream("/recordings/" + name + ".jsonl")) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + name);
      }
      return new String(in.readAllBytes(), UTF_8).lines().map(JsonObject::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(JsonObject line) {
    boolean fromPeer = "C".equals(line.getString("dir"));
    int connection = line.getInteger("conn");
    String event = line.getString("event", "");
    if (line.containsKey("hex")) {
      Side side = side(connection);
      Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(line.getString("hex")));
      if (fromPeer) {
        side.send(bytes);
      } else {
        side.expect(bytes);
      }
    } else if (event.equals("open") && fromPeer) {
      sides.put(connection, new Side());
    } else if (event.equals("eof") && fromPeer) {
      side(connection).close();
    } else if (event.equals("eof")) {
      side(connection).saidClosed = true;
    }
  }

  private Side side(int connection) {
    Side side = sides.get(connection);
    if (side == null) {
      throw new IllegalStateException("connection " + connection + " was not opened");
    }
    return side;
  }

  @Override
  public void close() {
    sides.values().forEach(Side::close);
  }

  /** One connection: what came over it, and what should have come. */
  private final class Side {

    private final Socket socket;
    private final Heard expected = new Heard();
    private final Heard heard = new Heard();

    /** What was sent since the last whole packet or line. */
    private Buffer unfinished = Buffer.buffer();

    /** Whether gearmand has closed it; at the end of a recording it was stopped, which does not count. */
    private boolean saidClosed;

    private boolean expectClosed;
    private boolean closed;

    Side() {
      try {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(LIMIT_MILLIS);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      synchronize();
    }

    void send(Buffer bytes) {
      expectClosed |= saidClosed;
      if (closed) {
        return;
      }
      boolean whole = unfinished.length() == 0 && rest(bytes).length() == 0;
      write(whole ? withOurHandles(bytes) : bytes);
      unfinished = rest(unfinished.appendBuffer(bytes));
      if (unfinished.length() == 0) {
        synchronize();
      }
    }

    /** Asks for an echo and reads up to it, so that the server has done all there was, and so have the others. */
    private void synchronize() {
      String mark = MARK + ++steps;
      Buffer echo = Buffer.buffer();
      new EchoReq(Buffer.buffer(mark)).encodeRequest(echo);
      write(echo);
      while (!closed && !heard.echoes.contains(mark)) {
        read();
      }
    }

    private void write(Buffer bytes) {
      try {
        socket.getOutputStream().write(bytes.getBytes());
      } catch (SocketException reset) {
        closed = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void read() {
      try {
        byte[] chunk = new byte[64 * 1024];
        int length = socket.getInputStream().read(chunk);
        if (length < 0) {
          closed = true;
        } else {
          heard.feed(Buffer.buffer().appendBytes(chunk, 0, length));
        }
      } catch (SocketException reset) {
        closed = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void expect(Buffer bytes) {
      expected.feed(bytes);
    }

    void check() {
      if (!closed) {
        synchronize();
      }
      assertThat(heard.packets).isEqualTo(expected.packets);
      assertThat(heard.lines).containsExactlyInAnyOrderElementsOf(expected.lines);
      if (expectClosed) {
        assertThat(closed).as("the server closed the connection").isTrue();
      }
    }

    void close() {
      if (closed) {
        return;
      }
      synchronize();
      closed = true;
      int before = server.counters().await().connections();
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      // The server has done with it what it does when it has one connection less.
      while (server.counters().await().connections() == before) {
        Thread.onSpinWait();
      }
    }

    /** Whole packets and lines, with the handles of our server in place of gearmand's. */
    private Buffer withOurHandles(Buffer bytes) {
      Buffer out = Buffer.buffer();
      String handles = "H:taskwire-" + server.port() + ":";
      for (int at = 0; at < bytes.length(); ) {
        int head = bytes.getByte(at) == 0 ? 12 : 0;
        int end = end(bytes, at);
        String body =
            bytes.getString(at + head, end, "ISO-8859-1").replaceAll("H:\\w+:(?=\\d)", handles);
        if (head > 0) {
          out.appendBuffer(bytes, at, 8).appendInt(body.length());
        }
        out.appendBytes(body.getBytes(ISO_8859_1));
        at = end;
      }
      return out;
    }

    /** Where the packet or line ends that begins there; beyond the bytes, or -1, if it is not whole. */
    private static int end(Buffer bytes, int at) {
      if (bytes.getByte(at) == 0) {
        return bytes.length() - at < 12 ? -1 : at + 12 + bytes.getInt(at + 8);
      }
      int line = bytes.getString(at, bytes.length(), "ISO-8859-1").indexOf('\n');
      return line < 0 ? -1 : at + line + 1;
    }

    /** What does not make up a whole packet or line yet. */
    private static Buffer rest(Buffer bytes) {
      int at = 0;
      while (at < bytes.length()) {
        int end = end(bytes, at);
        if (end < 0 || end > bytes.length()) {
          return bytes.getBuffer(at, bytes.length());
        }
        at = end;
      }
      return Buffer.buffer();
    }
  }

  /** Packets and lines, with what differs from server to server taken out. */
  private static final class Heard implements FrameListener<Response> {

    private final List<String> packets = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> echoes = new ArrayList<>();
    private final FrameParser<Response> parser = FrameParser.responses(this, 64 << 20);

    void feed(Buffer bytes) {
      parser.feed(bytes);
    }

    @Override
    public void frame(Response frame) {
      if (frame instanceof EchoRes echo && echo.data().toString().startsWith(MARK)) {
        echoes.add(echo.data().toString());
        return;
      }
      Buffer bytes = Buffer.buffer();
      frame.encodeResponse(bytes);
      packets.add(
          frame.type() + " " + plain(new String(bytes.getBytes(12, bytes.length()), ISO_8859_1)));
    }

    @Override
    public void text(String line) {
      // The number of a connection is its file descriptor there, and the version is another.
      lines.add(plain(line)
          .replaceFirst("^\\d+ (?=127)", "N ")
          .replaceFirst("^OK (1\\.1\\.20|taskwire).*", "OK VERSION"));
    }

    private static String plain(String text) {
      return text.replaceAll("H:[\\w-]+:(?=\\d)", "H:").replace('\0', '|');
    }

    @Override
    public void oversized(Response frame, long payloadLength) {
      throw new AssertionError(frame);
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      throw new AssertionError(failure);
    }
  }
}
