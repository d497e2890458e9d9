/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static io.taskwire.benchmarks.Placement.ANY_CORE;
import static io.taskwire.benchmarks.Placement.ONE_CORE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people: what has a floor or is compared, then limits, then the figures behind them. */
final class ReportText {

  static final String BELOW = "below its floor";

  private ReportText() {}

  static String of(Report report) {
    List<String> lines = new ArrayList<>();
    report.circumstances().forEach((name, value) -> lines.add(name + ": " + value));
    append(lines, speeds(report.rows()));
    append(lines, limits(report.limits()));
    append(lines, details(report.rows()));
    if (!report.leftOut().isEmpty()) {
      lines.add("");
      report.leftOut().forEach(what -> lines.add("left out: " + what));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void append(List<String> lines, TextTable table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(table.lines());
    }
  }

  private static TextTable speeds(List<Row> rows) {
    TextTable table = new TextTable(
        "broker",
        "work",
        "beside it",
        "one core, tasks/s",
        "its tasks/s",
        "ratio",
        "floor",
        "any core, tasks/s",
        "its tasks/s",
        "ratio",
        "");
    for (Row row : rows) {
      Side ours = row.ours();
      if (row.beside().isEmpty() || row.floor() > 0) {
        table.add(
            row.broker(),
            row.work(),
            "",
            whole(ours.rate(ONE_CORE)),
            "",
            "",
            row.floor() == 0 ? "" : whole(row.floor()) + "/s",
            whole(ours.rate(ANY_CORE)),
            "",
            "",
            verdict(row.floor(), row.isBelowFloor()));
      }
      for (Beside other : row.beside()) {
        table.add(
            row.broker(),
            row.work(),
            other.theirs().name(),
            whole(ours.rate(ONE_CORE)),
            whole(other.theirs().rate(ONE_CORE)),
            fraction(other.ratio(ONE_CORE)),
            other.floor() == 0 ? "" : fraction(other.floor()),
            whole(ours.rate(ANY_CORE)),
            whole(other.theirs().rate(ANY_CORE)),
            fraction(other.ratio(ANY_CORE)),
            verdict(other.floor(), other.isBelowFloor()));
      }
    }
    return table;
  }

  private static TextTable limits(List<Limit> limits) {
    TextTable table = new TextTable(
        "broker", "work", "unit", "one core", "lowest to highest", "at most", "any core", "");
    for (Limit limit : limits) {
      table.add(
          limit.broker(),
          limit.work(),
          limit.unit(),
          median(limit.pinned()),
          range(limit.pinned()),
          limit.most() == 0 ? "" : plain(limit.most()),
          median(limit.any()),
          verdict(limit.most(), limit.isExceeded()));
    }
    return table;
  }

  private static TextTable details(List<Row> rows) {
    TextTable table = new TextTable(
        "broker",
        "work",
        "who",
        "where",
        "tasks/s",
        "lowest to highest",
        "p50 µs",
        "p99 µs",
        "p99.9 µs");
    for (Row row : rows) {
      addDetails(table, row, row.ours());
      row.beside().forEach(other -> addDetails(table, row, other.theirs()));
    }
    return table;
  }

  private static void addDetails(TextTable table, Row row, Side side) {
    for (Placement placement : Placement.values()) {
      if (side.isMeasured(placement)) {
        Figures figures = side.figures(placement);
        table.add(
            row.broker(),
            row.work(),
            side.name(),
            placement.toString(),
            whole(figures.rates().median()),
            whole(figures.rates().lowest()) + " to " + whole(figures.rates().highest()),
            figures.p50().isEmpty() ? "" : whole(figures.p50().median()),
            figures.p99().isEmpty() ? "" : whole(figures.p99().median()),
            figures.p999().isEmpty() ? "" : whole(figures.p999().median()));
      }
    }
  }

  private static String verdict(double floor, boolean missed) {
    if (missed) {
      return BELOW;
    }
    return floor == 0 ? "" : "met";
  }

  private static String median(Samples samples) {
    return samples.isEmpty() ? "" : plain(samples.median());
  }

  private static String range(Samples samples) {
    return samples.isEmpty() ? "" : plain(samples.lowest()) + " to " + plain(samples.highest());
  }

  /** Three digits or so of a figure whose size is unknown. */
  private static String plain(double value) {
    if (value >= 100) {
      return whole(value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String whole(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }
}
