/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.HandlerOptions;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerSettingsTest {

  private static final Duration OF_TRANSPORT = Duration.ofMinutes(25);

  @Test
  void without_any_word_the_transport_limits_a_handler() {
    assertThat(limit(HandlerOptions.create(), Map.of())).isEqualTo(OF_TRANSPORT);
  }

  @Test
  void the_queue_goes_before_the_transport_also_with_off() {
    assertThat(limit(HandlerOptions.create(), Map.of(CoreOptions.HANDLER_TIMEOUT, "2h")))
        .isEqualTo(Duration.ofHours(2));
    assertThat(limit(HandlerOptions.create(), Map.of(CoreOptions.HANDLER_TIMEOUT, "off")))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void a_handler_goes_before_the_queue() {
    HandlerOptions own = HandlerOptions.create().timeLimit(Duration.ofSeconds(3));

    assertThat(limit(own, Map.of())).isEqualTo(Duration.ofSeconds(3));
    assertThat(limit(own, Map.of(CoreOptions.HANDLER_TIMEOUT, "2h")))
        .isEqualTo(Duration.ofSeconds(3));
  }

  private static Duration limit(HandlerOptions own, Map<Option<?>, String> queue) {
    return HandlerSettings.of(own, true, Settings.of(List.of(), queue), OF_TRANSPORT)
        .timeLimit();
  }
}
