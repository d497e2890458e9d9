/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import java.nio.charset.StandardCharsets;

/** AMQP's short strings: what names and addresses are written as. */
final class ShortText {

  static final int MAX_BYTES = 255;

  private ShortText() {}

  /** Gives the text back if it fits into a short string. */
  static String check(String what, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a " + what + " takes at most " + MAX_BYTES + " bytes in AMQP, this one " + bytes);
    }
    return text;
  }
}
