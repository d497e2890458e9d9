/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws a report: all ratios with their floors, the rates of each broker, and latencies where they are compared. */
final class Charts {

  private final Report report;
  private final Path folder;
  private final List<Path> written = new ArrayList<>();

  private Charts(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  /** Writes them into a folder, which is created if there is none; gives their files. */
  static List<Path> write(Report report, Path folder) {
    Charts charts = new Charts(report, folder);
    try {
      Files.createDirectories(folder);
      charts.write("ratios", charts.ratios());
      for (String broker : report.rows().stream().map(Row::broker).distinct().toList()) {
        charts.write("rates-" + broker, charts.rates(broker));
      }
      charts.write("latency", charts.latencies());
      return charts.written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, DotPlot plot) throws IOException {
    if (!plot.isEmpty()) {
      written.add(Files.writeString(folder.resolve(name + ".svg"), plot.svg()));
    }
  }

  private DotPlot ratios() {
    DotPlot plot = new DotPlot("Taskwire's rate as a multiple of another's");
    for (Row row : report.rows()) {
      for (Beside other : row.beside()) {
        if (Double.isFinite(other.ratio(row.ours().judged()))) {
          DotPlot.Line line = plot.line(
              row.broker() + ", " + row.work() + " / " + other.theirs().name(), other.floor());
          for (Placement placement : Placement.values()) {
            double ratio = other.ratio(placement);
            if (Double.isFinite(ratio)) {
              line.dot(row.ours().name(), ratio, ratio, ratio, placement == Placement.ANY_CORE);
            }
          }
        }
      }
    }
    return plot;
  }

  private DotPlot rates(String broker) {
    DotPlot plot = new DotPlot("Tasks per second on " + broker);
    for (Row row : report.rows()) {
      if (row.broker().equals(broker)) {
        DotPlot.Line line = plot.line(row.work(), row.floor());
        addRate(line, row.ours());
        row.beside().forEach(other -> addRate(line, other.theirs()));
      }
    }
    return plot;
  }

  private static void addRate(DotPlot.Line line, Side side) {
    for (Placement placement : Placement.values()) {
      if (side.isMeasured(placement)) {
        add(line, side, side.figures(placement).rates(), placement);
      }
    }
  }

  /** Of rows in which both sides took them. */
  private DotPlot latencies() {
    DotPlot plot = new DotPlot("Latency in microseconds");
    for (Row row : report.rows()) {
      for (Beside other : row.beside()) {
        if (hasLatencies(row.ours()) && hasLatencies(other.theirs())) {
          List<Side> sides = List.of(row.ours(), other.theirs());
          DotPlot.Line p50 = plot.line(row.broker() + ", " + row.work() + ": p50", 0);
          DotPlot.Line p99 = plot.line("p99", 0);
          DotPlot.Line p999 = plot.line("p99.9", 0);
          for (Side side : sides) {
            for (Placement placement : Placement.values()) {
              if (side.isMeasured(placement)) {
                Figures figures = side.figures(placement);
                add(p50, side, figures.p50(), placement);
                add(p99, side, figures.p99(), placement);
                add(p999, side, figures.p999(), placement);
              }
            }
          }
        }
      }
    }
    return plot;
  }

  private static boolean hasLatencies(Side side) {
    return side.isMeasured(side.judged()) && !side.figures(side.judged()).p99().isEmpty();
  }

  private static void add(DotPlot.Line line, Side side, Samples samples, Placement placement) {
    line.dot(
        side.name(),
        samples.median(),
        samples.lowest(),
        samples.highest(),
        placement == Placement.ANY_CORE);
  }
}
