/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.SerializationException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that does not survive the way to UTF-8 and back is refused: the JDK and msgpack-core replace it silently. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Whether these bytes are UTF-8; eight at a time as long as they are ASCII. */
  static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (end - at >= Long.BYTES && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= 0) {
      at++;
    }
    return at == end || decodes(bytes, at, end - at);
  }

  private static boolean decodes(byte[] bytes, int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * The UTF-8 bytes of a text.
   *
   * @throws SerializationException if half of a surrogate pair stands alone
   */
  static byte[] encode(String text) {
    requireWhole(text);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses half a surrogate pair. */
  static void requireWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new SerializationException("text with half a surrogate pair, U+"
              + Integer.toHexString(text.charAt(i)).toUpperCase(java.util.Locale.ROOT)
              + " at index " + i + ", has no UTF-8 form");
        }
        i++;
      }
    }
  }
}
