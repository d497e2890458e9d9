/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionTableTest {

  @Test
  void has_a_line_for_each_core_option() {
    assertThat(OptionTable.ofCore().lines()).hasSize(2 + CoreOptions.all().size());
  }

  @Test
  void shows_key_variable_values_default_and_meaning() {
    assertThat(OptionTable.ofCore().lines())
        .startsWith("| Key | Environment | Values | Default | Meaning |", "|---|---|---|---|---|")
        .contains(
            "| `maxInFlight` | `TASKWIRE_MAX_IN_FLIGHT` | 1 to 1,000,000 | 4096 | How many submits may be"
                + " written and not yet accepted; further ones wait in order. |",
            "| `maxPayload` | `TASKWIRE_MAX_PAYLOAD` | 1KiB to 1024MiB, a number of bytes | 64MiB | The"
                + " largest body that is sent or taken; larger ones fail as too large. |");
  }

  @Test
  void is_the_same_on_every_machine() {
    assertThat(OptionTable.ofCore())
        .contains("| 1 to 65,536 | the number of processors |")
        .contains(
            "| `url` | `TASKWIRE_URL` | a URI such as gearman://localhost:4730 | memory:, with a");
  }
}
