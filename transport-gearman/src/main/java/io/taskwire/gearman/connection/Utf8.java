/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import java.nio.charset.StandardCharsets;

/** How long texts are on the wire. */
public final class Utf8 {

  /** UTF-8 takes at most as many bytes for a char. */
  private static final int MAX_BYTES_OF_CHAR = 3;

  private Utf8() {}

  /** Whether a text takes more bytes than that. Short ones are not encoded to know it. */
  public static boolean isLonger(String text, int maxBytes) {
    return text.length() > maxBytes / MAX_BYTES_OF_CHAR
        && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
  }
}
