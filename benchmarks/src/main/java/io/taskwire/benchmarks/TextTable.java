/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well on a terminal and is one in Markdown too. Its lines have no bar at their ends. */
final class TextTable {

  private final List<List<String>> lines = new ArrayList<>();

  TextTable(String... header) {
    lines.add(List.of(header));
  }

  void add(String... cells) {
    lines.add(List.of(cells));
  }

  boolean isEmpty() {
    return lines.size() == 1;
  }

  /** A line each, the header first. */
  List<String> lines() {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> out = new ArrayList<>();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        text.append("| ").append(padded(line.get(i), widths[i])).append(' ');
      }
      out.add(text.toString().stripTrailing());
    }
    out.add(1, "|---".repeat(columns));
    return out;
  }

  /** Figures go to the right, words to the left. */
  private static String padded(String cell, int width) {
    String space = " ".repeat(width - cell.length());
    boolean figure = !cell.isEmpty() && Character.isDigit(cell.charAt(0));
    return figure ? space + cell : cell + space;
  }
}
