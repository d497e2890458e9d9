/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as a table for people or as JSON for machines. */
final class Report {

  static final String BELOW = "below its floor";

  private final Map<String, Object> circumstances = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /** Adds something the figures depend on. */
  void circumstance(String name, Object value) {
    circumstances.put(name, value);
  }

  void add(List<Row> more) {
    rows.addAll(more);
  }

  /** Says what was not measured, and why. */
  void leftOut(String what) {
    leftOut.add(what);
  }

  boolean fallsShort() {
    return rows.stream().anyMatch(Row::fallsShort);
  }

  String table() {
    List<String> lines = new ArrayList<>();
    circumstances.forEach((name, value) -> lines.add(name + ": " + value));
    lines.add("");
    lines.add(line(
        "broker",
        "work",
        "tasks/s",
        "lowest-highest",
        "p50 us",
        "p99 us",
        "p99.9 us",
        "beside",
        "tasks/s",
        "ratio",
        "floor",
        false));
    for (Row row : rows) {
      addLines(lines, row);
    }
    leftOut.forEach(what -> lines.add("left out: " + what));
    return String.join("\n", lines) + "\n";
  }

  private static void addLines(List<String> lines, Row row) {
    Samples rates = row.rates();
    lines.add(line(
        row.broker(),
        row.work(),
        rate(rates.median()),
        rate(rates.lowest()) + "-" + rate(rates.highest()),
        row.hasLatencies() ? rate(row.p50().median()) : "",
        row.hasLatencies() ? rate(row.p99().median()) : "",
        row.hasLatencies() ? rate(row.p999().median()) : "",
        "",
        "",
        "",
        row.floor() == 0 ? "" : rate(row.floor()),
        row.isBelowFloor()));
    for (Beside other : row.beside()) {
      lines.add(line(
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          other.name(),
          rate(other.rates().median()),
          ratio(other.ratio()),
          other.floor() == 0 ? "" : ratio(other.floor()),
          other.isBelowFloor()));
    }
  }

  private static String line(
      String broker,
      String work,
      String rate,
      String range,
      String p50,
      String p99,
      String p999,
      String beside,
      String besideRate,
      String ratio,
      String floor,
      boolean below) {
    String cells = String.format(
        Locale.ROOT,
        "%-10s  %-28s %11s %23s %9s %9s %9s  %-28s %11s %7s %7s",
        broker,
        work,
        rate,
        range,
        p50,
        p99,
        p999,
        beside,
        besideRate,
        ratio,
        floor);
    return below ? cells + "  " + BELOW : cells.stripTrailing();
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("circumstances", circumstances);
    all.put("rows", rows.stream().map(Report::asMap).toList());
    all.put("leftOut", leftOut);
    return Json.text(all) + "\n";
  }

  private static Map<String, Object> asMap(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("broker", row.broker());
    map.put("work", row.work());
    putRates(map, row.rates());
    if (row.hasLatencies()) {
      map.put("p50Micros", row.p50().median());
      map.put("p99Micros", row.p99().median());
      map.put("p999Micros", row.p999().median());
    }
    putFloor(map, row.floor(), row.isBelowFloor());
    map.put("beside", row.beside().stream().map(Report::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(Beside other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", other.name());
    putRates(map, other.rates());
    map.put("ratio", other.ratio());
    putFloor(map, other.floor(), other.isBelowFloor());
    return map;
  }

  private static void putRates(Map<String, Object> map, Samples rates) {
    map.put("perSecond", rates.median());
    map.put("lowest", rates.lowest());
    map.put("highest", rates.highest());
  }

  private static void putFloor(Map<String, Object> map, double floor, boolean below) {
    if (floor > 0) {
      map.put("floor", floor);
      map.put("belowFloor", below);
    }
  }
}
