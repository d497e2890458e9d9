/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static io.taskwire.impl.config.TestProvider.TTR;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.EnvelopeMode;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private final ConfiguredProcess process = new ConfiguredProcess();

  @Test
  void variables_are_named_after_the_keys() {
    process
        .variable("TASKWIRE_URL", "beanstalk://h")
        .variable("TASKWIRE_MAX_IN_FLIGHT", "7")
        .variable("TASKWIRE_ENVELOPE", "never")
        .variable("TASKWIRE_BEANSTALK_TTR", "PT10S");

    ResolvedConfiguration found = process.resolve();

    assertThat(found.provider()).isSameAs(TestProvider.BEANSTALK);
    assertThat(found.settings().get(CoreOptions.MAX_IN_FLIGHT)).isEqualTo(7);
    assertThat(found.settings().get(CoreOptions.ENVELOPE)).isEqualTo(EnvelopeMode.NEVER);
    assertThat(found.settings().get(TTR)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void an_unknown_variable_is_a_warning_with_the_nearest_name_and_without_value() {
    process.variable("TASKWIRE_MAX_INFLIGT", "S3CRT");
    try (CapturedLog log = new CapturedLog()) {
      process.resolve("memory:");

      assertThat(log.lines())
          .containsExactly(
              "WARN The environment variable 'TASKWIRE_MAX_INFLIGT' is no option of Taskwire"
                  + " and is ignored. Did you mean TASKWIRE_MAX_IN_FLIGHT?");
    }
  }

  @Test
  void what_orchestrators_inject_is_a_warning_without_guess() {
    process
        .variable("TASKWIRE_PORT", "tcp://10.0.0.1:80")
        .variable("TASKWIRE_SERVICE_HOST", "10.0.0.1");
    try (CapturedLog log = new CapturedLog()) {
      process.resolve("memory:");

      assertThat(log.lines())
          .containsExactly(
              "WARN The environment variable 'TASKWIRE_PORT' is no option of Taskwire and is ignored.",
              "WARN The environment variable 'TASKWIRE_SERVICE_HOST' is no option of Taskwire and is"
                  + " ignored.");
    }
  }

  @Test
  void variables_of_others_are_not_looked_at() {
    process.variable("RETRY", "x").variable("TASKWIRED_RETRY", "x").variable("taskwire.retry", "x");
    try (CapturedLog log = new CapturedLog()) {
      process.resolve("memory:");

      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void an_empty_variable_is_none() {
    process.variable("TASKWIRE_RETRY", "").variable("TASKWIRE_MAX_IN_FLIGHT", " ");

    Settings settings = process.resolve("memory:").settings();

    assertThat(settings.isSet(CoreOptions.RETRY)).isFalse();
    assertThat(settings.isSet(CoreOptions.MAX_IN_FLIGHT)).isFalse();
  }

  @Test
  void the_environment_of_this_process_is_the_default() {
    Map<String, String> seen = Sources.ofProcess().environment().values();

    System.getenv().forEach((name, value) -> {
      if (name.startsWith("TASKWIRE_") && !value.isBlank() && !name.equals("TASKWIRE_CONFIG")) {
        assertThat(seen).containsEntry(name, value);
      }
    });
    assertThat(seen.keySet()).allMatch(name -> name.startsWith("TASKWIRE_"));
  }
}
