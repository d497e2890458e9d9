/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void a_measurement_survives_its_way_between_processes() {
    Measurement measured = new Measurement(1, 2, 3, 4, 5);

    assertThat(Measurement.parse(measured.toText())).isEqualTo(measured);
  }

  @Test
  void what_the_programs_in_c_print_is_read_by_step() {
    YardstickOutput output = YardstickOutput.parse("""
            gearman roof submit window=4096 grabs=64 size=64 n=20000 rate=1700000/s
            gearman roof drain window=4096 grabs=64 size=64 n=20000 rate=496000/s
            gearman roof pace window=256 grabs=16 size=64 n=1000 p50=10 p99=20 p999=30 rate=500/s
            """);

    assertThat(Math.round(output.measurement("submit").perSecond())).isEqualTo(1_700_000);
    assertThat(Math.round(output.measurement("drain").perSecond())).isEqualTo(496_000);
    assertThat(output.measurement("pace"))
        .isEqualTo(new Measurement(1000, 2_000_000_000, 10, 20, 30));
    assertThatThrownBy(() -> output.measurement("rpc")).hasMessageContaining("rpc");
  }
}
