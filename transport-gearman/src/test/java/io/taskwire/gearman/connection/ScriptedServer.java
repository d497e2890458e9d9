/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** A server that does what a test says; it speaks the protocol through the same codec. */
public final class ScriptedServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetServer server;
  public final LinkedBlockingQueue<NetSocket> connections = new LinkedBlockingQueue<>();

  /** What was asked, over all connections. */
  public final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  public ScriptedServer(BiConsumer<Request, NetSocket> script) {
    this(script, (line, socket) -> {
      throw new AssertionError("text " + line);
    });
  }

  /** One that is also spoken to in text. */
  public ScriptedServer(
      BiConsumer<Request, NetSocket> script, BiConsumer<String, NetSocket> textScript) {
    server = vertx.createNetServer().connectHandler(socket -> {
      connections.add(socket);
      FrameParser<Request> parser =
          FrameParser.requests(new Listener(script, textScript, socket), 1 << 20);
      socket.handler(parser::feed);
    });
    Await.done(server.listen(0, "127.0.0.1"));
  }

  public int port() {
    return server.actualPort();
  }

  public static void send(NetSocket socket, Response... responses) {
    Buffer out = Buffer.buffer();
    for (Response response : responses) {
      response.encodeResponse(out);
    }
    socket.write(out);
  }

  /** Answers what every server answers. */
  public static void greet(Request request, NetSocket socket) {
    if (request instanceof OptionReq option) {
      send(socket, new OptionRes(option.option()));
    } else if (request instanceof EchoReq echo) {
      send(socket, new EchoRes(echo.data()));
    } else if (request instanceof GetStatus status) {
      send(socket, new StatusRes(status.handle(), false, false, 0, 0));
    }
  }

  @Override
  public void close() {
    Await.done(vertx.close());
  }

  private final class Listener implements FrameListener<Request> {
    private final BiConsumer<Request, NetSocket> script;
    private final BiConsumer<String, NetSocket> textScript;
    private final NetSocket socket;

    Listener(
        BiConsumer<Request, NetSocket> script,
        BiConsumer<String, NetSocket> textScript,
        NetSocket socket) {
      this.script = script;
      this.textScript = textScript;
      this.socket = socket;
    }

    @Override
    public void frame(Request frame) {
      requests.add(frame);
      script.accept(frame, socket);
    }

    @Override
    public void oversized(Request frame, long payloadLength) {
      throw new AssertionError("oversized " + frame);
    }

    @Override
    public void text(String line) {
      textScript.accept(line, socket);
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      throw new AssertionError(failure);
    }
  }
}
