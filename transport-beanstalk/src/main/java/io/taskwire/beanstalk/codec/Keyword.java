/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The first word of a reply line; the frequent ones first, since {@link #find} goes through them in order. */
enum Keyword {
  INSERTED,
  RESERVED,
  DELETED,
  TIMED_OUT,
  TOUCHED,
  NOT_FOUND,
  USING,
  OK,
  RELEASED,
  BURIED,
  FOUND,
  WATCHING,
  DEADLINE_SOON,
  KICKED,
  PAUSED,
  NOT_IGNORED,
  JOB_TOO_BIG,
  DRAINING,
  EXPECTED_CRLF,
  OUT_OF_MEMORY,
  INTERNAL_ERROR,
  BAD_FORMAT,
  UNKNOWN_COMMAND;

  private static final Keyword[] ALL = values();
  private static final byte[][] BYTES = bytes();

  static @Nullable Keyword find(byte[] line, int length) {
    for (int i = 0; i < BYTES.length; i++) {
      if (Arrays.equals(BYTES[i], 0, BYTES[i].length, line, 0, length)) {
        return ALL[i];
      }
    }
    return null;
  }

  private static byte[][] bytes() {
    byte[][] bytes = new byte[ALL.length][];
    for (int i = 0; i < ALL.length; i++) {
      bytes[i] = Ascii.bytes(ALL[i].name());
    }
    return bytes;
  }
}
