/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart with a line for each thing that is told, and dots on it along a logarithmic axis. */
final class DotPlot {

  private static final int WIDTH = 1060;
  private static final int LEFT = 490;
  private static final int RIGHT = 1020;
  private static final int TOP = 84;
  private static final int LINE = 28;
  private static final int MOST_SERIES = 4;

  private final String title;
  private final List<String> series = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  DotPlot(String title) {
    this.title = title;
  }

  /** Adds a line below those there are; the mark is a floor, or 0 for none. */
  Line line(String label, double mark) {
    Line line = new Line(label, mark);
    lines.add(line);
    return line;
  }

  boolean isEmpty() {
    return lines.stream().allMatch(line -> line.dots.isEmpty());
  }

  String svg() {
    int bottom = TOP + lines.size() * LINE;
    Axis axis = axis();
    Svg svg = new Svg(WIDTH, bottom + 40);
    svg.text(16, 28, "title", title);
    legend(svg);
    for (double tick : axis.ticks()) {
      svg.line(axis.x(tick), TOP - 8, axis.x(tick), bottom, tick == 1 ? "one" : "grid");
      svg.text(axis.x(tick), bottom + 20, "quiet middle", label(tick));
    }
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, axis, lines.get(i), TOP + i * LINE + LINE / 2.0);
    }
    return svg.end();
  }

  private void legend(Svg svg) {
    double x = 16;
    for (int i = 0; i < series.size(); i++) {
      svg.circle(x + 6, 51, 5, "s" + i % MOST_SERIES);
      svg.text(x + 16, 56, "", series.get(i));
      x += 36 + 7.5 * series.get(i).length();
    }
    boolean marked = lines.stream().anyMatch(line -> line.mark > 0);
    svg.text(
        RIGHT,
        56,
        "quiet end",
        "● one core  ○ any core" + (marked ? "  ❙ floor on one core" : "  — lowest to highest"));
  }

  private static void draw(Svg svg, Axis axis, Line line, double y) {
    svg.text(LEFT - 20, y + 4, "end", line.label);
    if (line.mark > 0) {
      svg.line(axis.x(line.mark), y - 9, axis.x(line.mark), y + 9, "mark");
    }
    for (Dot dot : line.dots) {
      String color = "s" + dot.series % MOST_SERIES;
      if (dot.hollow) {
        svg.circle(axis.x(dot.value), y, 4.5, color + " hollow");
      } else {
        svg.line(axis.x(dot.low), y, axis.x(dot.high), y, color + " range");
        svg.circle(axis.x(dot.value), y, 5, color);
      }
    }
  }

  private Axis axis() {
    double low = Double.MAX_VALUE;
    double high = Double.MIN_VALUE;
    for (Line line : lines) {
      if (line.mark > 0) {
        low = Math.min(low, line.mark);
        high = Math.max(high, line.mark);
      }
      for (Dot dot : line.dots) {
        low = Math.min(low, dot.low);
        high = Math.max(high, dot.high);
      }
    }
    return new Axis(low, high);
  }

  private static String label(double tick) {
    if (tick >= 1e6) {
      return String.format(Locale.ROOT, "%.0f M", tick / 1e6);
    }
    return tick >= 1
        ? String.format(Locale.ROOT, "%,.0f", tick)
        : String.format(Locale.ROOT, "%s", tick);
  }

  /** What is told about one thing. */
  final class Line {

    private final String label;
    private final double mark;
    private final List<Dot> dots = new ArrayList<>();

    private Line(String label, double mark) {
      this.label = label;
      this.mark = mark;
    }

    /** Adds a dot of a series, which is in the legend under its name. */
    void dot(String of, double value, double low, double high, boolean hollow) {
      if (!series.contains(of)) {
        series.add(of);
      }
      dots.add(new Dot(series.indexOf(of), value, low, high, hollow));
    }
  }

  private record Dot(int series, double value, double low, double high, boolean hollow) {}

  /** From a round number to a round number. */
  private static final class Axis {

    private static final double[] STEPS = {1, 2, 5};

    private final double from;
    private final double to;

    Axis(double low, double high) {
      from = Math.floor(Math.log10(low * 0.95));
      to = Math.ceil(Math.log10(high * 1.05));
    }

    double x(double value) {
      return LEFT + (RIGHT - LEFT) * (Math.log10(value) - from) / (to - from);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (double exponent = from; exponent < to; exponent++) {
        for (double step : STEPS) {
          if (step == 1 || to - from < 4) {
            ticks.add(step * Math.pow(10, exponent));
          }
        }
      }
      ticks.add(Math.pow(10, to));
      return ticks;
    }
  }
}
