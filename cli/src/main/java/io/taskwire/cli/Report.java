/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an administrator asked for: a table, or one row.
 *
 * @param columns what the values of a row are called, as JSON calls them
 * @param rows the values; strings, numbers, booleans and lists of strings
 * @param isTable whether there can be any number of rows
 */
record Report(List<String> columns, List<List<Object>> rows, boolean isTable) {

  static Report table(List<String> columns, Stream<List<Object>> rows) {
    return new Report(columns, rows.toList(), true);
  }

  static Report value(String name, Object value) {
    return new Report(List.of(name), List.of(List.of(value)), false);
  }

  /** It is done, and there is no more to say. */
  static Report done() {
    return new Report(List.of(), List.of(List.of()), false);
  }

  /** A table with its head, or the values alone. */
  String text() {
    if (!isTable) {
      return columns.isEmpty()
          ? ""
          : rows.get(0).stream().map(Report::cell).collect(Collectors.joining(" ", "", "\n"));
    }
    List<List<String>> lines = Stream.concat(
            Stream.of(columns),
            rows.stream().map(row -> row.stream().map(Report::cell).toList()))
        .toList();
    int[] widths = IntStream.range(0, columns.size())
        .map(at -> lines.stream().mapToInt(line -> length(line.get(at))).max().orElse(0))
        .toArray();
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int at = 0; at < cells.size(); at++) {
      String cell = cells.get(at);
      line.append(cell).append(" ".repeat(widths[at] - length(cell) + 2));
    }
    return line.toString().stripTrailing() + "\n";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String cell(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Report::cell).collect(Collectors.joining(" "));
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    // What would break the table, or the terminal.
    return value.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** An array of objects, or one object; a line. */
  String json() {
    if (isTable) {
      return new JsonArray(rows.stream().map(this::object).toList()).encode() + "\n";
    }
    return object(rows.get(0)).encode() + "\n";
  }

  private JsonObject object(List<Object> row) {
    JsonObject object = new JsonObject();
    for (int at = 0; at < columns.size(); at++) {
      Object value = row.get(at);
      object.put(columns.get(at), value instanceof List<?> list ? new JsonArray(list) : value);
    }
    return object;
  }
}
