/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import io.taskwire.spi.Submission;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * The body of a reply: always msgpack, whatever the task's serializer, of the two elements {@code [error or nil, result or
 * nil]}. A result that is msgpack is that element; any other is binary in it.
 */
public sealed interface ReplyBody {

  /** The name of the serializer whose results need no wrapping. */
  String MSGPACK = "msgpack";

  /**
   * The task is done.
   *
   * @param payload the serialized result
   */
  record Result(Buffer payload) implements ReplyBody {}

  /**
   * The task has failed.
   *
   * @param text what the worker said, may be empty
   */
  record Failed(Buffer text) implements ReplyBody {}

  /**
   * Writes a result.
   *
   * @param format the name of the serializer that made it, {@link Submission#RAW} for bytes
   * @param result the serialized result; one complete value if it is msgpack
   * @return the body
   */
  static byte[] encode(String format, Buffer result) {
    int length = result.length();
    boolean spliced = format.equals(MSGPACK) && length > 0;
    byte[] head = spliced ? new byte[0] : binaryHead(length);
    byte[] body = new byte[Math.addExact(2 + head.length, length)];
    body[0] = (byte) 0x92;
    body[1] = (byte) MsgpackCursor.NIL;
    System.arraycopy(head, 0, body, 2, head.length);
    result.getBytes(0, length, body, 2 + head.length);
    return body;
  }

  /**
   * Writes a message without a result, as reports without a payload are.
   *
   * @return the body
   */
  static byte[] encodeNothing() {
    return new byte[] {(byte) 0x92, (byte) MsgpackCursor.NIL, (byte) MsgpackCursor.NIL};
  }

  /**
   * Writes an error.
   *
   * @param text in UTF-8, may be empty
   * @return the body
   */
  static byte[] encodeError(Buffer text) {
    int length = text.length();
    byte[] head = textHead(length);
    byte[] body = new byte[2 + head.length + length];
    body[0] = (byte) 0x92;
    System.arraycopy(head, 0, body, 1, head.length);
    text.getBytes(0, length, body, 1 + head.length);
    body[body.length - 1] = (byte) MsgpackCursor.NIL;
    return body;
  }

  /**
   * Reads a body. Anything but nil as the first element is an error, also an empty text; bytes behind the array are
   * ignored, as aioqueue does.
   *
   * @param body the bytes
   * @param format the name of the serializer that reads the result: for msgpack the exact bytes of the element are given;
   *     for any other the content of a binary or a text, nothing for nil, and the element's bytes where it is none of these
   * @return what it says
   * @throws MalformedReplyException if it is no such array
   */
  static ReplyBody decode(byte[] body, String format) throws MalformedReplyException {
    MsgpackCursor cursor = new MsgpackCursor(body);
    long elements = cursor.array();
    if (elements != 2) {
      throw new MalformedReplyException(
          "the reply is an array of " + elements + " elements and not of error and result");
    }
    int error = cursor.position();
    cursor.skip();
    int result = cursor.position();
    cursor.skip();
    if ((body[error] & 0xff) != MsgpackCursor.NIL) {
      return new Failed(errorText(body, error, result));
    }
    return new Result(
        format.equals(MSGPACK)
            ? copy(body, result, cursor.position())
            : content(body, result, cursor.position()));
  }

  private static Buffer errorText(byte[] body, int start, int end) {
    int head = MsgpackCursor.headOfContent(body, start);
    if (head >= 0) {
      return copy(body, start + head, end);
    }
    int shown = Math.min(end, start + 64);
    return Buffer.buffer("the error is no text, but this msgpack: "
        + HexFormat.of().formatHex(body, start, shown) + (shown < end ? "…" : ""));
  }

  private static Buffer content(byte[] body, int start, int end) {
    if ((body[start] & 0xff) == MsgpackCursor.NIL) {
      return Buffer.buffer();
    }
    return copy(body, start + Math.max(0, MsgpackCursor.headOfContent(body, start)), end);
  }

  private static Buffer copy(byte[] body, int start, int end) {
    return Buffer.buffer(end - start).appendBytes(body, start, end - start);
  }

  private static byte[] binaryHead(int length) {
    if (length < 1 << 8) {
      return new byte[] {(byte) 0xc4, (byte) length};
    }
    return longHead(length, 0xc5, 0xc6);
  }

  private static byte[] textHead(int length) {
    if (length < 32) {
      return new byte[] {(byte) (0xa0 | length)};
    }
    if (length < 1 << 8) {
      return new byte[] {(byte) 0xd9, (byte) length};
    }
    return longHead(length, 0xda, 0xdb);
  }

  private static byte[] longHead(int length, int mark16, int mark32) {
    if (length < 1 << 16) {
      return new byte[] {(byte) mark16, (byte) (length >> 8), (byte) length};
    }
    return new byte[] {
      (byte) mark32,
      (byte) (length >> 24),
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length
    };
  }
}
