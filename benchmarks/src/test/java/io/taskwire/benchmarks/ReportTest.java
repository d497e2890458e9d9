/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static io.taskwire.benchmarks.Placement.ANY_CORE;
import static io.taskwire.benchmarks.Placement.ONE_CORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final String BELOW = "below its floor";

  private final Report report = new Report();
  private final Row row = new Row("gearman", "round trips", 0);
  private final Beside raw = row.beside("raw sockets", 0.4);

  ReportTest() {
    report.add(List.of(row));
    for (Placement placement : Placement.values()) {
      row.ours().add(placement, perSecond(300));
      row.ours().add(placement, perSecond(100));
      row.ours().add(placement, perSecond(200));
    }
  }

  @Test
  void figures_are_medians_of_the_rounds() {
    raw.theirs().add(ONE_CORE, perSecond(400));
    raw.theirs().add(ANY_CORE, perSecond(800));

    assertThat(raw.ratio(ONE_CORE)).isCloseTo(0.5, within(1e-9));
    assertThat(raw.ratio(ANY_CORE)).isCloseTo(0.25, within(1e-9));
    assertThat(ReportText.of(report)).contains("100 to 300").contains("0.50").contains("0.25");
  }

  @Test
  void a_row_that_falls_short_on_one_core_ends_in_words_that_say_so() {
    raw.theirs().add(ONE_CORE, perSecond(1000));
    raw.theirs().add(ANY_CORE, perSecond(400));

    assertThat(report.fallsShort()).isTrue();
    assertThat(lines("| raw sockets |")).first().asString().endsWith(BELOW);
  }

  @Test
  void a_row_that_meets_its_floor_on_one_core_does_not() {
    raw.theirs().add(ONE_CORE, perSecond(500));
    raw.theirs().add(ANY_CORE, perSecond(1000));

    assertThat(report.fallsShort()).isFalse();
    assertThat(ReportText.of(report)).doesNotContain(BELOW);
  }

  @Test
  void where_one_core_was_not_measured_any_core_counts() {
    Row unpinned = new Row("gearman", "unpinned", 0);
    Beside other = unpinned.beside("raw sockets", 0.4);
    unpinned.ours().add(ANY_CORE, perSecond(399));
    other.theirs().add(ANY_CORE, perSecond(1000));

    assertThat(unpinned.fallsShort()).isTrue();
  }

  @Test
  void a_floor_without_a_figure_is_not_met() {
    assertThat(raw.isBelowFloor()).isTrue();
  }

  @Test
  void a_rate_has_a_floor_too() {
    Row slow = new Row("memory", "round trips", 1000);
    slow.ours().add(ONE_CORE, perSecond(999));
    raw.theirs().add(ONE_CORE, perSecond(400));
    report.add(List.of(slow));

    assertThat(report.fallsShort()).isTrue();
    assertThat(lines("| memory ")).first().asString().endsWith(BELOW);
  }

  @Test
  void a_limit_that_is_exceeded_on_one_core_falls_short() {
    raw.theirs().add(ONE_CORE, perSecond(400));
    Limit heap = new Limit("memory", "heap per task in flight", "bytes", 400);
    heap.any().add(401);
    heap.pinned().add(400);
    report.add(heap);
    assertThat(report.fallsShort()).isFalse();

    heap.pinned().add(402);

    assertThat(report.fallsShort()).isTrue();
    assertThat(lines("heap per task")).singleElement().asString().endsWith(BELOW);
  }

  @Test
  void a_figure_without_a_limit_is_only_told() {
    raw.theirs().add(ONE_CORE, perSecond(400));
    Limit told = new Limit("gearman", "CPU per task, spread over 1,000 names", "µs", 0);
    told.pinned().add(12.34);
    report.add(told);

    assertThat(report.fallsShort()).isFalse();
    assertThat(lines("1,000 names")).singleElement().asString().contains("12.3").endsWith("|");
  }

  @Test
  void machines_get_json() {
    raw.theirs().add(ONE_CORE, perSecond(400));
    report.circumstance("java", "a \"quoted\" name");
    report.leftOut("libgearman");
    Limit heap = new Limit("memory", "heap", "bytes", 400);
    heap.any().add(401);
    report.add(heap);

    assertThat(ReportJson.of(report)).isEqualTo("""
            {"circumstances":{"java":"a \\"quoted\\" name"},"rows":[{"broker":"gearman",\
            "work":"round trips","who":"Taskwire","oneCore":{"perSecond":200.0,"lowest":100.0,\
            "highest":300.0,"p50Micros":1.0,"p99Micros":2.0,"p999Micros":3.0},"anyCore":{\
            "perSecond":200.0,"lowest":100.0,"highest":300.0,"p50Micros":1.0,"p99Micros":2.0,\
            "p999Micros":3.0},"beside":[{"who":"raw sockets","oneCore":{"perSecond":400.0,\
            "lowest":400.0,"highest":400.0,"p50Micros":1.0,"p99Micros":2.0,"p999Micros":3.0,\
            "ratio":0.5},"floor":0.4,"belowFloor":false}]}],"limits":[{"broker":"memory",\
            "work":"heap","unit":"bytes","anyCore":{"median":401.0,"lowest":401.0,"highest":401.0},\
            "most":400.0,"belowFloor":true}],"leftOut":["libgearman"],"fallsShort":true}
            """);
  }

  private static Measurement perSecond(long count) {
    return new Measurement(count, 1_000_000_000, 1_000, 2_000, 3_000);
  }

  private List<String> lines(String part) {
    return ReportText.of(report).lines().filter(line -> line.contains(part)).toList();
  }
}
