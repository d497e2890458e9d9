/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an administrator asked for.
 *
 * @param columns what the values of a row are called, as JSON calls them
 * @param rows the values; strings, numbers, booleans and lists of strings
 * @param form how they are shown
 */
record Report(List<String> columns, List<List<Object>> rows, Form form) {

  /** How text and JSON show the rows. */
  enum Form {
    /** Any number of rows: lines below a head, and an array of objects. */
    TABLE,
    /** One row: its values in a line, and an object. */
    VALUES,
    /** One row of many values: a line for each, with its name, and an object. */
    PROPERTIES
  }

  static Report table(List<String> columns, Stream<List<Object>> rows) {
    return new Report(columns, rows.toList(), Form.TABLE);
  }

  static Report values(Map<String, ?> values) {
    return new Report(
        List.copyOf(values.keySet()), List.of(List.copyOf(values.values())), Form.VALUES);
  }

  static Report value(String name, Object value) {
    return values(Map.of(name, value));
  }

  static Report properties(Map<String, ?> values) {
    return new Report(
        List.copyOf(values.keySet()), List.of(List.copyOf(values.values())), Form.PROPERTIES);
  }

  /** It is done, and there is no more to say. */
  static Report done() {
    return values(Map.of());
  }

  /** A table with its head, the values alone, or each with its name. */
  String text() {
    return switch (form) {
      case TABLE ->
        aligned(Stream.concat(
                Stream.of(columns),
                rows.stream().map(row -> row.stream().map(Report::cell).toList()))
            .toList());
      case VALUES ->
        columns.isEmpty()
            ? ""
            : rows.get(0).stream().map(Report::cell).collect(Collectors.joining(" ", "", "\n"));
      case PROPERTIES ->
        aligned(IntStream.range(0, columns.size())
            .mapToObj(at -> List.of(columns.get(at), cell(rows.get(0).get(at))))
            .toList());
    };
  }

  private static String aligned(List<List<String>> lines) {
    int[] widths = IntStream.range(0, lines.get(0).size())
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
    if (form == Form.TABLE) {
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
