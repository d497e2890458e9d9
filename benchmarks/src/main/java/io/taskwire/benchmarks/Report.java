/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured. */
final class Report {

  private final Map<String, String> circumstances = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /** Adds something the figures depend on. */
  void circumstance(String name, String value) {
    circumstances.put(name, value);
  }

  void add(List<Row> more) {
    rows.addAll(more);
  }

  void add(Limit limit) {
    limits.add(limit);
  }

  /** Says what was not measured, and why. */
  void leftOut(String what) {
    leftOut.add(what);
  }

  boolean fallsShort() {
    return rows.stream().anyMatch(Row::fallsShort) || limits.stream().anyMatch(Limit::isExceeded);
  }

  Map<String, String> circumstances() {
    return Collections.unmodifiableMap(circumstances);
  }

  List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  List<Limit> limits() {
    return Collections.unmodifiableList(limits);
  }

  List<String> leftOut() {
    return Collections.unmodifiableList(leftOut);
  }
}
