/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final long SECOND = 1_000_000_000;

  private final Report report = new Report();
  private final Row row = new Row("gearman", "round trips", 0);
  private final Beside raw = row.beside("raw sockets", 0.4);

  ReportTest() {
    report.add(List.of(row));
    row.add(new Measurement(300, SECOND, 1_000, 2_000, 3_000));
    row.add(new Measurement(100, SECOND, 1_000, 2_000, 3_000));
    row.add(new Measurement(200, SECOND, 1_000, 2_000, 3_000));
  }

  @Test
  void figures_are_medians_of_the_rounds() {
    raw.add(400);

    assertThat(row.rates().median()).isEqualTo(200);
    assertThat(raw.ratio()).isCloseTo(0.5, within(1e-9));
    assertThat(report.table()).contains("100-300").contains("0.50").contains("200");
  }

  @Test
  void a_row_that_falls_short_ends_in_words_that_say_so() {
    raw.add(1000);

    assertThat(report.fallsShort()).isTrue();
    assertThat(report.table().lines().filter(line -> line.contains("raw sockets")))
        .allSatisfy(line -> assertThat(line).endsWith("below its floor"));
  }

  @Test
  void a_row_that_meets_its_floor_does_not() {
    raw.add(500);

    assertThat(report.fallsShort()).isFalse();
    assertThat(report.table()).doesNotContain("below its floor");
  }

  @Test
  void a_rate_has_a_floor_too() {
    Row slow = new Row("memory", "round trips", 1000);
    slow.add(Measurement.withoutLatencies(999, SECOND));
    raw.add(400);
    report.add(List.of(slow));

    assertThat(report.fallsShort()).isTrue();
    assertThat(report.table().lines().filter(line -> line.startsWith("memory")))
        .allSatisfy(line -> assertThat(line).endsWith("below its floor"));
  }

  @Test
  void machines_get_json() {
    raw.add(400);
    report.circumstance("java", "a \"quoted\" name");
    report.leftOut("libgearman");

    assertThat(report.json()).isEqualTo("""
            {"circumstances":{"java":"a \\"quoted\\" name"},"rows":[{"broker":"gearman",\
            "work":"round trips","perSecond":200.0,"lowest":100.0,"highest":300.0,"p50Micros":1.0,\
            "p99Micros":2.0,"p999Micros":3.0,"beside":[{"name":"raw sockets","perSecond":400.0,\
            "lowest":400.0,"highest":400.0,"ratio":0.5,"floor":0.4,"belowFloor":false}]}],\
            "leftOut":["libgearman"]}
            """);
  }

  @Test
  void a_measurement_survives_its_way_between_processes() {
    Measurement measured = new Measurement(1, 2, 3, 4, 5);

    assertThat(Measurement.parse(measured.toText())).isEqualTo(measured);
  }

  @Test
  void rates_of_the_programs_in_c_are_read_by_step() {
    assertThat(Yardstick.rates("""
            gearman roof submit window=4096 grabs=64 size=64 n=20000 rate=1700000/s
            gearman roof drain window=4096 grabs=64 size=64 n=20000 rate=496000/s
            """))
        .containsEntry("submit", 1_700_000.0)
        .containsEntry("drain", 496_000.0)
        .hasSize(2);
  }
}
