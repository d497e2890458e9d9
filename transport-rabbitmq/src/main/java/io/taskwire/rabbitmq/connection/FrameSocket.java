/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket of the event loop under a connection of amqp-client. What comes for each task is read and written on the loop, by the
 * channels' {@link ChannelInput} and {@link FrameWriter}; all else is amqp-client's, on its own threads, which wait here for
 * what the loop has read, and give the loop what is to be written.
 */
final class FrameSocket implements FrameHandler {

  static final int HEADER = 2;

  private static final Logger LOG = LoggerFactory.getLogger(FrameSocket.class);

  private static final int METHOD = 1;
  private static final int BODY = 3;

  private static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  /** What amqp-client is told where something came for others; it counts the silence. */
  private static final Frame SIGN_OF_LIFE = new Frame(AMQP.FRAME_HEARTBEAT, 0);

  /** Behind it nothing comes. */
  private record End(IOException cause) {}

  /** Held because the garbage collector closes a client that nothing refers to. */
  private final NetClient client;

  private final NetSocket socket;
  private final Inbox inbox;
  private final Output output;

  // Only the event loop.
  private final FrameParser parser = new FrameParser(this::frame);
  private final FrameReader reader = new FrameReader();
  private @Nullable ChannelInput[] channels = new ChannelInput[8];

  // The event loop adds, amqp-client's reading thread takes: a Frame, or the End.
  private final BlockingQueue<Object> forClient = new LinkedBlockingQueue<>();

  /** The event loop sets it, amqp-client's reading thread looks and clears. */
  private volatile boolean heard;

  /** Set by the thread that connects, read by amqp-client's reading thread; 0 is no limit. */
  private volatile int timeoutMillis;

  /** Set by the thread that connects, before anything is read. */
  private @Nullable AMQConnection connection;

  /** Takes what is connected; on the event loop. */
  FrameSocket(Context context, NetClient client, NetSocket socket, Inbox inbox) {
    this.client = client;
    this.socket = socket;
    this.inbox = inbox;
    this.output = new Output(context, socket);
    readToTheEnd(socket);
    socket.handler(this::read);
    socket.exceptionHandler(cause -> fail(
        cause instanceof IOException io
            ? io
            : new IOException("the connection is broken: " + cause, cause)));
    socket.closeHandler(closed -> fail(new EOFException("the broker closed the connection")));
  }

  /**
   * Has a failed write not close the socket: a broker that refuses a client may tell why and close while this side writes, and
   * its words come before the reset. With TLS 1.3 that is how it tells that it misses a client certificate.
   */
  private static void readToTheEnd(NetSocket socket) {
    // The internal type, because the setting is Netty's own.
    ((NetSocketInternal) socket).channelHandlerContext().channel().config().setAutoClose(false);
  }

  Output output() {
    return output;
  }

  /** Gives a channel's frames to somebody from now on; on the event loop. */
  void attach(int channel, ChannelInput input) {
    if (channel >= channels.length) {
      channels = Arrays.copyOf(channels, Math.max(channel + 1, 2 * channels.length));
    }
    channels[channel] = input;
  }

  private void read(Buffer chunk) {
    if (!heard) {
      heard = true;
    }
    try {
      parser.read(chunk.getBytes());
    } catch (IOException e) {
      fail(e);
      abort();
    }
  }

  private void frame(int type, int channel, byte[] chunk, int offset, int length)
      throws IOException {
    ChannelInput input = channel < channels.length ? channels[channel] : null;
    if (input != null && isTaken(input, type, channel, chunk, offset, length)) {
      return;
    }
    forClient.add(new Frame(type, channel, Arrays.copyOfRange(chunk, offset, offset + length)));
  }

  private boolean isTaken(
      ChannelInput input, int type, int channel, byte[] chunk, int offset, int length)
      throws IOException {
    reader.begin(chunk, offset, length);
    try {
      if (type == METHOD) {
        int method = Methods.id(reader.unsignedShort(), reader.unsignedShort());
        if (method == Methods.CHANNEL_CLOSE || method == Methods.CHANNEL_CLOSE_OK) {
          channels[channel] = null;
          input.closing();
          return false;
        }
        return input.method(method, reader);
      }
      return (type == HEADER || type == BODY) && input.content(type, reader);
    } catch (RuntimeException | Error e) {
      LOG.error("A frame of RabbitMQ could not be handled; this is a defect of Taskwire", e);
      return true;
    }
  }

  /** Nothing comes any more, for this reason; only the first counts. Any thread. */
  void fail(IOException cause) {
    forClient.add(new End(cause));
  }

  /** Ends it at once, whoever waits on it; does not block. Any thread. */
  void abort() {
    socket.close();
    client.close();
    fail(new EOFException("the connection was closed by this side"));
  }

  @Override
  public @Nullable Frame readFrame() throws IOException {
    int limit = timeoutMillis;
    Object next;
    try {
      next = limit == 0 ? forClient.take() : forClient.poll(limit, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // amqp-client ends its reader so: the connection is over.
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the connection is over");
    }
    if (next instanceof End end) {
      forClient.add(end);
      throw end.cause();
    }
    if (next == null && heard) {
      heard = false;
      return SIGN_OF_LIFE;
    }
    return (Frame) next;
  }

  @Override
  public void setTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getTimeout() {
    return timeoutMillis;
  }

  @Override
  public void writeFrame(Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.size());
    frame.writeTo(new DataOutputStream(bytes));
    write(bytes.toByteArray());
  }

  @Override
  public void sendHeader() {
    write(PROTOCOL);
  }

  private void write(byte[] bytes) {
    inbox.add(() -> output.bytes(bytes));
  }

  @Override
  public void flush(@Nullable WriteListener listener) {
    if (listener != null) {
      listener.done(true, null);
    }
  }

  @Override
  public void initialize(AMQConnection made) {
    connection = made;
  }

  @Override
  public void startProcessing() {
    Objects.requireNonNull(connection).startMainLoop();
  }

  @Override
  public void finishConnectionNegotiation() {
    // Nothing here depends on it.
  }

  @Override
  public void setFrameMax(int size) {
    // Frames come made, and what comes for each task is written with the limit in mind.
  }

  /** Behind what amqp-client has written. */
  @Override
  public void close() {
    fail(new EOFException("the connection was closed by this side"));
    inbox.add(() -> output.whenWritten(this::abort));
  }

  @Override
  public @Nullable InetAddress getLocalAddress() {
    return null;
  }

  @Override
  public int getLocalPort() {
    return socket.localAddress().port();
  }

  @Override
  public @Nullable InetAddress getAddress() {
    return null;
  }

  @Override
  public int getPort() {
    return socket.remoteAddress().port();
  }
}
