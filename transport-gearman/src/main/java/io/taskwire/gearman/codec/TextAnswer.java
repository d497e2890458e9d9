/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to a {@link TextCommand}: one line, as {@code OK} or {@code ERR UNKNOWN_JOB}, or a list of lines behind
 * which stands a line with nothing but a dot.
 *
 * @param lines the lines without their ends and without the dot, one char for each byte
 * @param isList whether the dot came
 */
public record TextAnswer(List<String> lines, boolean isList) {

  private static final String END_OF_LIST = ".";
  private static final String OK = "OK";
  private static final String ERR = "ERR";

  /** Keeps a copy of the lines. */
  public TextAnswer {
    lines = List.copyOf(lines);
  }

  /**
   * Makes sense of all the lines that answered one command.
   *
   * @param received the lines, at least one
   * @return a list if the last of them is a dot
   */
  public static TextAnswer of(List<String> received) {
    int last = received.size() - 1;
    return received.get(last).equals(END_OF_LIST)
        ? new TextAnswer(received.subList(0, last), true)
        : new TextAnswer(received, false);
  }

  /** Whether these lines are surely the whole answer, even if nothing is heard of the server after them. */
  public static boolean isWhole(List<String> received) {
    if (received.isEmpty()) {
      return false;
    }
    String last = received.get(received.size() - 1);
    return last.equals(END_OF_LIST)
        || (received.size() == 1 && (isWord(last, OK) || isWord(last, ERR)));
  }

  /**
   * Tells whether the server refuses the command.
   *
   * @return what it says about it, null if it does not refuse
   */
  public @Nullable TextError error() {
    return !isList && lines.size() == 1 && isWord(lines.get(0), ERR)
        ? TextError.of(lines.get(0).substring(ERR.length()).strip())
        : null;
  }

  /**
   * Gives the value of an answer of one line.
   *
   * @return what stands behind {@code OK}, or the line where servers leave that out
   */
  public String value() {
    String first = lines.isEmpty() ? "" : lines.get(0);
    return isWord(first, OK) ? first.substring(OK.length()).strip() : first;
  }

  private static boolean isWord(String line, String word) {
    return line.equals(word) || line.startsWith(word + " ");
  }

  /**
   * Appends the answer as gearmand would write it.
   *
   * @param out where the bytes go; owned by the caller
   */
  public void encode(Buffer out) {
    for (String line : lines) {
      out.appendBytes(line.getBytes(StandardCharsets.ISO_8859_1));
      out.appendString(isList ? "\n" : "\r\n");
    }
    if (isList) {
      out.appendString(".\n");
    }
  }
}
