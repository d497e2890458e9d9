/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;

/**
 * A command of the text protocol, which shares a connection with the packets. It ends in CR LF: with a bare LF, gearmand cuts
 * off the last byte of the name in {@code create function}.
 *
 * @param line the command without its line end; UTF-8 on the wire
 */
public record TextCommand(String line) {

  /** Refuses what would be more than one line, or the beginning of a packet. */
  public TextCommand {
    if (line.isBlank()) {
      throw new IllegalArgumentException("a text command cannot be empty");
    }
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\r' || c == '\n' || c == '\0') {
        throw new IllegalArgumentException(
            "a text command is one line, and this one holds a CR, an LF or a NUL at " + at);
      }
    }
  }

  /**
   * Appends the command with its line end.
   *
   * @param out where the bytes go; owned by the caller
   */
  public void encode(Buffer out) {
    out.appendBytes(line.getBytes(UTF_8)).appendByte((byte) '\r').appendByte((byte) '\n');
  }
}
