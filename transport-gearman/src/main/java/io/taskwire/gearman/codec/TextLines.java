/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines that answer one text command, up to a limit; beyond it they are counted and dropped. */
public final class TextLines {

  /** What a line costs beyond its bytes: a server can send very many empty ones. */
  private static final int COST_OF_A_LINE = 64;

  private final long limit;
  private final List<String> lines = new ArrayList<>();
  private long bytes;

  /**
   * Starts empty.
   *
   * @param limit how many bytes to keep, each line counted with {@value #COST_OF_A_LINE} more than it has
   */
  public TextLines(long limit) {
    this.limit = limit;
  }

  public void add(String line) {
    bytes += line.length() + COST_OF_A_LINE;
    if (isTooLong()) {
      lines.clear();
    } else {
      lines.add(line);
    }
  }

  /** Whether lines were dropped; then all of them were. */
  public boolean isTooLong() {
    return bytes > limit;
  }

  public List<String> lines() {
    return lines;
  }
}
