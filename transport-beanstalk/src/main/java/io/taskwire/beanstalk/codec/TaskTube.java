/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Maps task names to tubes and back. A name that is a valid tube name stays as it is, so that programs which know
 * nothing of Taskwire see the tube they expect. Each UTF-8 byte that is not allowed in a tube name, and a leading
 * hyphen, becomes {@code $} and two upper-case hexadecimal digits.
 *
 * <p>A literal {@code $} is escaped only where two such digits follow it, which keeps the mapping reversible. A name
 * that begins like a {@linkplain #RESERVED reply tube} has its first byte escaped: no task can sit in a reply tube.
 */
public final class TaskTube {

  /** The prefix of the tubes that hold replies. */
  public static final String RESERVED = "tw.r.";

  private static final String HEX = "0123456789ABCDEF";

  private TaskTube() {}

  /**
   * The tube of a task.
   *
   * @param taskName any text that is not empty
   * @return its tube
   * @throws IllegalArgumentException if the name is empty, is no valid Unicode, or does not fit into 200 bytes
   */
  public static Tube of(String taskName) {
    byte[] utf8 = utf8(taskName);
    StringBuilder out = new StringBuilder(utf8.length + 8);
    boolean reserved = taskName.startsWith(RESERVED);
    for (int i = 0; i < utf8.length; i++) {
      int b = utf8[i] & 0xFF;
      boolean escape = !Tube.allowed(b)
          || (i == 0 && (b == '-' || reserved))
          || (b == '$' && hexAt(utf8, i + 1) && hexAt(utf8, i + 2));
      if (escape) {
        out.append('$').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
      } else {
        out.append((char) b);
      }
    }
    if (out.length() > Tube.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the task name takes " + out.length() + " bytes as the name of a tube, " + Tube.MAX_LENGTH
              + " are allowed: choose a shorter one");
    }
    return Tube.of(out.toString());
  }

  /**
   * The task name of a tube.
   *
   * @param tube any tube, also one that {@link #of} did not make
   * @return the name; the tube's own where its escapes are no UTF-8
   */
  public static String taskName(Tube tube) {
    byte[] name = tube.name().getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length);
    for (int i = 0; i < name.length; i++) {
      if (name[i] == '$' && hexAt(name, i + 1) && hexAt(name, i + 2)) {
        out.write(HEX.indexOf(name[i + 1]) << 4 | HEX.indexOf(name[i + 2]));
        i += 2;
      } else {
        out.write(name[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return tube.name();
    }
  }

  private static byte[] utf8(String taskName) {
    if (taskName.isEmpty()) {
      throw new IllegalArgumentException("a task name is not empty");
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(taskName));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a task name is valid Unicode; this one holds half a surrogate pair", e);
    }
  }

  private static boolean hexAt(byte[] bytes, int i) {
    return i < bytes.length && HEX.indexOf(bytes[i]) >= 0;
  }
}
