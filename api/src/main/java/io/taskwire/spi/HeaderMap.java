/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the one shape of msgpack that an envelope needs, a map of strings to strings, so that nothing else of
 * msgpack is needed here. Formats as in the msgpack specification: fixmap 80, map16 de, map32 df, fixstr a0, str8 d9,
 * str16 da, str32 db.
 */
final class HeaderMap {

  record Parsed(Map<String, String> headers, int end) {}

  private HeaderMap() {}

  static void write(Map<String, String> headers, Buffer out) {
    int start = out.length();
    if (headers.size() > Envelope.MAX_HEADERS) {
      throw new IllegalArgumentException(
          "an envelope holds at most " + Envelope.MAX_HEADERS + " headers, not " + headers.size());
    }
    if (headers.size() < 16) {
      out.appendByte((byte) (0x80 | headers.size()));
    } else {
      out.appendByte((byte) 0xde).appendShort((short) headers.size());
    }
    headers.forEach((name, value) -> {
      writeText(name, out);
      writeText(value, out);
    });
    if (out.length() - start > Envelope.MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "the headers of an envelope take at most " + Envelope.MAX_HEADER_BYTES + " bytes");
    }
  }

  private static void writeText(String text, Buffer out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 32) {
      out.appendByte((byte) (0xa0 | bytes.length));
    } else if (bytes.length < 256) {
      out.appendByte((byte) 0xd9).appendByte((byte) bytes.length);
    } else if (bytes.length < 65_536) {
      out.appendByte((byte) 0xda).appendShort((short) bytes.length);
    } else {
      out.appendByte((byte) 0xdb).appendInt(bytes.length);
    }
    out.appendBytes(bytes);
  }

  /** Reads a map at an offset; null if there is none, it is incomplete, over the limits or has a key twice. */
  static @Nullable Parsed read(Buffer body, int offset) {
    Reader reader = new Reader(body, offset);
    long size = reader.mapSize();
    if (size < 0 || size > Envelope.MAX_HEADERS) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String name = reader.text();
      String value = name == null ? null : reader.text();
      if (name == null || value == null || headers.put(name, value) != null) {
        return null;
      }
    }
    return new Parsed(Collections.unmodifiableMap(headers), reader.at);
  }

  private static final class Reader {

    private final Buffer body;
    private final int limit;
    private int at;

    Reader(Buffer body, int offset) {
      this.body = body;
      this.limit = (int) Math.min(body.length(), (long) offset + Envelope.MAX_HEADER_BYTES);
      this.at = offset;
    }

    long mapSize() {
      int first = number(1) < 0 ? -1 : body.getUnsignedByte(at - 1);
      if (first >= 0x80 && first <= 0x8f) {
        return first & 0x0f;
      }
      return first == 0xde ? number(2) : first == 0xdf ? number(4) : -1;
    }

    @Nullable
    String text() {
      int first = number(1) < 0 ? -1 : body.getUnsignedByte(at - 1);
      long length = switch (first) {
        case 0xd9 -> number(1);
        case 0xda -> number(2);
        case 0xdb -> number(4);
        default -> first >= 0xa0 && first <= 0xbf ? first & 0x1f : -1;
      };
      if (length < 0 || length > limit - at) {
        return null;
      }
      byte[] bytes = body.getBytes(at, at + (int) length);
      at += (int) length;
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes))
            .toString();
      } catch (CharacterCodingException e) {
        return null; // not a text, so not an envelope
      }
    }

    /** Reads an unsigned number of 1, 2 or 4 bytes; -1 if the body ends before. */
    private long number(int bytes) {
      if (limit - at < bytes) {
        return -1;
      }
      long value = switch (bytes) {
        case 1 -> body.getUnsignedByte(at);
        case 2 -> body.getUnsignedShort(at);
        default -> body.getUnsignedInt(at);
      };
      at += bytes;
      return value;
    }
  }
}
