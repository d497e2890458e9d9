/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets and text lines of one direction from chunks of any size.
 *
 * <p>It keeps a window of {@link #HEAD_LIMIT} bytes and the payload it is collecting; nothing is looked at twice. A payload
 * over the limit is skipped without being kept. Not for use by several threads at once.
 *
 * @param <F> the direction that is read
 */
public final class FrameParser<F extends Frame> {

  /** How long everything of a packet but its payload may be: far over the 255 bytes of a function name. */
  static final int HEAD_LIMIT = 8 * 1024;

  /** How long a text line may be: a worker's line in the admin list names all its functions. */
  static final int LINE_LIMIT = 1024 * 1024;

  private enum State {
    /** The window begins with a header, arguments, or a line of text. */
    HEAD,
    PAYLOAD,
    SKIP,
    FINISHED
  }

  private final Class<F> direction;
  private final FrameListener<F> listener;
  private final long maxPayload;
  private final byte[] window = new byte[Fields.HEADER_LENGTH + HEAD_LIMIT];
  private final Arguments arguments = new Arguments(window);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

  /** Whether the window goes on with a line whose beginning is in {@link #line}. */
  private boolean inLine;

  private State state = State.HEAD;
  private int from;
  private int to;

  /** The packet at {@link #from}, once its header is there. */
  private @Nullable PacketType type;

  private long bodyLength;

  /** Where the argument begins that is being read, and how far it has been searched for its end. */
  private int argumentFrom;

  private int scanned;

  private @Nullable Payload payload;
  private long skip;

  private FrameParser(Class<F> direction, FrameListener<F> listener, int maxPayload) {
    this.direction = direction;
    this.listener = listener;
    this.maxPayload = maxPayload;
  }

  /**
   * Reads what a server sends.
   *
   * @param listener hears of it
   * @param maxPayload the longest payload to keep, in bytes
   * @return a parser at the beginning of a connection
   */
  public static FrameParser<Response> responses(FrameListener<Response> listener, int maxPayload) {
    return new FrameParser<>(Response.class, listener, maxPayload);
  }

  /**
   * Reads what clients and workers send.
   *
   * @param listener hears of it
   * @param maxPayload the longest payload to keep, in bytes
   * @return a parser at the beginning of a connection
   */
  public static FrameParser<Request> requests(FrameListener<Request> listener, int maxPayload) {
    return new FrameParser<>(Request.class, listener, maxPayload);
  }

  /**
   * Takes the next bytes. Payloads and parts of payloads of 4 KiB and more that fill a quarter of the chunk are slices of
   * it, so the caller must not write into it again. After a malformed packet the bytes are ignored.
   *
   * @param chunk any number of bytes
   */
  public void feed(Buffer chunk) {
    int size = chunk.length();
    int at = 0;
    while (at < size && state != State.FINISHED) {
      switch (state) {
        case SKIP -> {
          int taken = (int) Math.min(skip, size - at);
          skip -= taken;
          at += taken;
          if (skip == 0) {
            state = State.HEAD;
          }
        }
        case PAYLOAD -> at = collect(chunk, at);
        default -> {
          int carried = to;
          int taken = Math.min(window.length - to, size - at);
          chunk.getBytes(at, at + taken, window, to);
          to += taken;
          at = readWindow(chunk, at + taken, carried);
        }
      }
    }
  }

  /**
   * Reads all that is whole in the window.
   *
   * @param at where the chunk goes on behind the window
   * @param carried how much of the window was there before this chunk
   * @return where the chunk goes on
   */
  private int readWindow(Buffer chunk, int at, int carried) {
    int next = at;
    while (from < to && state == State.HEAD) {
      if (inLine || (type == null && window[from] != 0)) {
        if (!readText()) {
          break;
        }
        continue;
      }
      PacketType current = readHeader();
      if (current == null || !readArguments(current)) {
        break;
      }
      next = readPayload(current, chunk, next, carried);
    }
    compact();
    return next;
  }

  /** Returns false when more bytes are needed. */
  private boolean readText() {
    int end = from;
    while (end < to && window[end] != '\n') {
      end++;
    }
    line.write(window, from, end - from);
    if (line.size() > LINE_LIMIT) {
      fail("a line of text is longer than " + LINE_LIMIT + " bytes");
      return false;
    }
    inLine = end == to;
    if (inLine) {
      from = to;
      return false;
    }
    from = end + 1;
    String text = line.toString(ISO_8859_1);
    line.reset();
    listener.text(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    return true;
  }

  /** Returns null when more bytes are needed, or when the packet is malformed. */
  private @Nullable PacketType readHeader() {
    if (type != null) {
      return type;
    }
    if (to - from < Fields.HEADER_LENGTH) {
      return null;
    }
    int magic = intAt(from);
    int code = intAt(from + 4);
    bodyLength = Integer.toUnsignedLong(intAt(from + 8));
    if (magic != Fields.REQUEST_MAGIC && magic != Fields.RESPONSE_MAGIC) {
      fail("a packet begins with the bytes %08x".formatted(magic));
      return null;
    }
    PacketType found = PacketType.of(code);
    // The magic is not compared with the direction: the server of gear sends WORK_FAIL with that of
    // a request.
    if (found == null || !(direction == Request.class ? found.isRequest() : found.isResponse())) {
      fail((found == null ? "packet type " + code : found.name()) + " cannot be read here");
      return null;
    }
    if (!found.hasPayload() && bodyLength > HEAD_LIMIT) {
      fail(found.name() + " announces " + bodyLength + " bytes");
      return null;
    }
    type = found;
    arguments.clear();
    argumentFrom = from + Fields.HEADER_LENGTH;
    scanned = argumentFrom;
    return found;
  }

  /** Returns false when more bytes are needed, or when the packet is malformed. */
  private boolean readArguments(PacketType current) {
    int body = from + Fields.HEADER_LENGTH;
    int limit = (int) Math.min(to, body + bodyLength);
    int separators = current.separators();
    while (arguments.count() < separators) {
      while (scanned < limit && window[scanned] != 0) {
        scanned++;
      }
      if (scanned == limit) {
        return endOfArguments(current, limit - body);
      }
      arguments.add(argumentFrom, scanned);
      scanned++;
      argumentFrom = scanned;
    }
    if (current.hasPayload()) {
      return true;
    }
    if (limit - body < bodyLength) {
      return false;
    }
    arguments.add(argumentFrom, limit);
    return true;
  }

  /** A NUL is missing. Returns true when the packet can be read for all that. */
  private boolean endOfArguments(PacketType current, int found) {
    if (found == bodyLength) {
      // Workers in perl send an empty result without the NUL before it.
      if (current == PacketType.WORK_COMPLETE && arguments.count() == 0) {
        arguments.add(argumentFrom, scanned);
        argumentFrom = scanned;
        return true;
      }
      fail(current.name() + " has " + (arguments.count() + 1) + " arguments of "
          + (current.separators() + 1));
    } else if (found >= HEAD_LIMIT) {
      fail("the arguments of " + current.name() + " are longer than " + HEAD_LIMIT + " bytes");
    }
    return false;
  }

  /** The arguments are there: takes or skips the payload, or begins to. Returns where the chunk goes on. */
  private int readPayload(PacketType current, Buffer chunk, int at, int carried) {
    if (!current.hasPayload()) {
      int end = from + Fields.HEADER_LENGTH + (int) bodyLength;
      listener.frame(direction.cast(endFrame(current, end)));
      return at;
    }
    int start = argumentFrom;
    long length = from + Fields.HEADER_LENGTH + bodyLength - start;
    int inWindow = to - start;
    if (length > maxPayload) {
      skip = length - Math.min(length, inWindow);
      state = skip == 0 ? State.HEAD : State.SKIP;
      arguments.payload(Buffer.buffer(0));
      Frame frame = endFrame(current, (int) (start + length - skip));
      listener.oversized(direction.cast(frame), length);
      return at;
    }
    int chunkAt = at - inWindow;
    if (start >= carried && length >= Payload.SLICE_FROM && length <= chunk.length() - chunkAt) {
      arguments.payload(Payload.of(chunk, chunkAt, (int) length));
      Frame frame = endFrame(current, to);
      int beyond = (int) (chunkAt + length);
      // The window goes on behind the payload; if that is inside it, it is there already.
      if (length <= inWindow) {
        from = start + (int) length;
        beyond = at;
      }
      listener.frame(direction.cast(frame));
      return beyond;
    }
    if (length <= inWindow) {
      arguments.payload(
          length == 0
              ? Buffer.buffer(0)
              : Buffer.buffer((int) length).appendBytes(window, start, (int) length));
      listener.frame(direction.cast(endFrame(current, start + (int) length)));
      return at;
    }
    payload = new Payload((int) length, window, start, inWindow);
    state = State.PAYLOAD;
    return at;
  }

  /** Takes payload bytes from the chunk. Returns where it goes on. */
  private int collect(Buffer chunk, int at) {
    Payload collected = payload;
    PacketType current = type;
    if (collected == null || current == null) {
      throw new IllegalStateException("no payload is being read");
    }
    int next = collected.append(chunk, at);
    if (collected.isWhole()) {
      payload = null;
      state = State.HEAD;
      arguments.payload(collected.buffer());
      listener.frame(direction.cast(endFrame(current, to)));
      compact();
    }
    return next;
  }

  /** Makes the packet of its arguments and goes on at the given place of the window, before anyone hears of it. */
  private Frame endFrame(PacketType current, int next) {
    Frame frame = current.decode(arguments);
    type = null;
    from = next;
    return frame;
  }

  /** Moves the unfinished packet to the beginning of the window. */
  private void compact() {
    if (state == State.PAYLOAD) {
      return;
    }
    if (from > 0) {
      System.arraycopy(window, from, window, 0, to - from);
      argumentFrom -= from;
      scanned -= from;
      arguments.shift(from);
      to -= from;
      from = 0;
    }
  }

  private int intAt(int index) {
    return (window[index] & 0xff) << 24
        | (window[index + 1] & 0xff) << 16
        | (window[index + 2] & 0xff) << 8
        | (window[index + 3] & 0xff);
  }

  private void fail(String message) {
    state = State.FINISHED;
    listener.malformed(new MalformedFrameException(message));
  }
}
