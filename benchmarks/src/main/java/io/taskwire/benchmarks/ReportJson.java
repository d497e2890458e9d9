/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** A report for machines: one JSON object. Keys of the two placements are there where something was measured in them. */
final class ReportJson {

  private ReportJson() {}

  static String of(Report report) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("circumstances", report.circumstances());
    all.put("rows", report.rows().stream().map(ReportJson::asMap).toList());
    all.put("limits", report.limits().stream().map(ReportJson::asMap).toList());
    all.put("leftOut", report.leftOut());
    all.put("fallsShort", report.fallsShort());
    return Json.text(all) + "\n";
  }

  private static Map<String, Object> asMap(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("broker", row.broker());
    map.put("work", row.work());
    map.put("who", row.ours().name());
    for (Placement placement : Placement.values()) {
      if (row.ours().isMeasured(placement)) {
        map.put(key(placement), asMap(row.ours().figures(placement)));
      }
    }
    putFloor(map, "floor", row.floor(), row.isBelowFloor());
    map.put("beside", row.beside().stream().map(ReportJson::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(Beside other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("who", other.theirs().name());
    for (Placement placement : Placement.values()) {
      if (other.theirs().isMeasured(placement)) {
        Map<String, Object> figures = asMap(other.theirs().figures(placement));
        figures.put("ratio", other.ratio(placement));
        map.put(key(placement), figures);
      }
    }
    putFloor(map, "floor", other.floor(), other.isBelowFloor());
    return map;
  }

  private static Map<String, Object> asMap(Limit limit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("broker", limit.broker());
    map.put("work", limit.work());
    map.put("unit", limit.unit());
    for (Placement placement : Placement.values()) {
      if (!limit.in(placement).isEmpty()) {
        map.put(key(placement), asMap("median", limit.in(placement)));
      }
    }
    putFloor(map, "most", limit.most(), limit.isExceeded());
    return map;
  }

  private static Map<String, Object> asMap(Figures figures) {
    Map<String, Object> map = asMap("perSecond", figures.rates());
    putMedian(map, "p50Micros", figures.p50());
    putMedian(map, "p99Micros", figures.p99());
    putMedian(map, "p999Micros", figures.p999());
    return map;
  }

  private static Map<String, Object> asMap(String median, Samples samples) {
    Map<String, Object> map = new LinkedHashMap<>();
    putMedian(map, median, samples);
    map.put("lowest", samples.lowest());
    map.put("highest", samples.highest());
    return map;
  }

  private static void putMedian(Map<String, Object> map, String key, Samples samples) {
    if (!samples.isEmpty()) {
      map.put(key, samples.median());
    }
  }

  private static void putFloor(Map<String, Object> map, String key, double floor, boolean missed) {
    if (floor > 0) {
      map.put(key, floor);
      map.put("belowFloor", missed);
    }
  }

  private static String key(Placement placement) {
    return placement == Placement.ONE_CORE ? "oneCore" : "anyCore";
  }
}
