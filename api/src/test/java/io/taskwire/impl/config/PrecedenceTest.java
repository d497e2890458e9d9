/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static io.taskwire.spi.CoreOptions.CONCURRENCY;
import static io.taskwire.spi.CoreOptions.HANDLER_TIMEOUT;
import static io.taskwire.spi.CoreOptions.MAX_IN_FLIGHT;
import static io.taskwire.spi.CoreOptions.RETRY;
import static io.taskwire.spi.CoreOptions.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueOptions;
import io.taskwire.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nearest wins: builder, URI query, system property, environment, file, default. */
class PrecedenceTest {

  private final ConfiguredProcess process = new ConfiguredProcess();

  @TempDir
  private Path folder;

  @Test
  void the_default_is_taken_where_no_source_has_the_option() {
    Settings settings = process.resolve("memory:").settings();

    assertThat(settings.get(MAX_IN_FLIGHT)).isEqualTo(4_096);
    assertThat(settings.isSet(MAX_IN_FLIGHT)).isFalse();
  }

  @Test
  void the_file_wins_over_the_default() {
    process.file(folder, "taskwire.maxInFlight=1");

    assertThat(maxInFlight("memory:")).isEqualTo(1);
    assertThat(process.resolve("memory:").settings().isSet(MAX_IN_FLIGHT)).isTrue();
  }

  @Test
  void the_environment_wins_over_the_file() {
    process.file(folder, "taskwire.maxInFlight=1").variable("TASKWIRE_MAX_IN_FLIGHT", "2");

    assertThat(maxInFlight("memory:")).isEqualTo(2);
  }

  @Test
  void a_system_property_wins_over_the_environment() {
    process
        .file(folder, "taskwire.maxInFlight=1")
        .variable("TASKWIRE_MAX_IN_FLIGHT", "2")
        .property("taskwire.maxInFlight", "3");

    assertThat(maxInFlight("memory:")).isEqualTo(3);
  }

  @Test
  void the_query_of_the_uri_wins_over_a_system_property() {
    process
        .file(folder, "taskwire.maxInFlight=1")
        .variable("TASKWIRE_MAX_IN_FLIGHT", "2")
        .property("taskwire.maxInFlight", "3");

    assertThat(maxInFlight("memory:?maxInFlight=4")).isEqualTo(4);
  }

  @Test
  void the_builder_wins_over_everything() {
    process
        .file(folder, "taskwire.maxInFlight=1")
        .variable("TASKWIRE_MAX_IN_FLIGHT", "2")
        .property("taskwire.maxInFlight", "3");
    QueueOptions options =
        QueueOptions.builder().uri("memory:?maxInFlight=4").maxInFlight(5).build();

    assertThat(process.resolve(options).settings().get(MAX_IN_FLIGHT)).isEqualTo(5);
  }

  @Test
  void each_option_comes_from_the_nearest_source_that_has_it() {
    process
        .file(folder, "taskwire.maxInFlight=1\ntaskwire.concurrency=7")
        .property("taskwire.maxInFlight", "3");

    assertThat(maxInFlight("memory:")).isEqualTo(3);
    assertThat(process.resolve("memory:").settings().get(CONCURRENCY)).isEqualTo(7);
  }

  @Test
  void a_builder_option_equal_to_the_default_still_wins() {
    process.variable("TASKWIRE_HANDLER_TIMEOUT", "5s").variable("TASKWIRE_RETRY", "1s");
    Settings settings = process
        .resolve(QueueOptions.builder()
            .uri("memory:")
            .noHandlerTimeout()
            .retry(Duration.ofSeconds(5))
            .build())
        .settings();

    assertThat(settings.get(HANDLER_TIMEOUT)).isZero();
    assertThat(settings.get(RETRY)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void the_uri_itself_may_come_from_the_file() {
    process.file(folder, "taskwire.url=gearman://file");

    assertThat(process.resolve().uri()).hasToString("gearman://file");
  }

  @Test
  void the_uri_of_the_environment_wins_over_the_file() {
    process.file(folder, "taskwire.url=gearman://file").variable("TASKWIRE_URL", "gearman://env");

    assertThat(process.resolve().uri()).hasToString("gearman://env");
  }

  @Test
  void the_uri_of_a_system_property_wins_over_the_environment() {
    process
        .variable("TASKWIRE_URL", "gearman://env")
        .property("taskwire.url", "gearman://property");

    assertThat(process.resolve().uri()).hasToString("gearman://property");
  }

  @Test
  void the_uri_of_the_builder_wins_over_a_system_property() {
    process.property("taskwire.url", "gearman://property");

    assertThat(process.resolve("gearman://builder").uri()).hasToString("gearman://builder");
  }

  @Test
  void the_query_of_a_uri_from_far_away_still_wins_over_a_system_property() {
    process
        .variable("TASKWIRE_URL", "gearman://env?maxInFlight=4")
        .property("taskwire.maxInFlight", "3");

    assertThat(process.resolve().settings().get(MAX_IN_FLIGHT)).isEqualTo(4);
  }

  @Test
  void the_query_of_a_uri_that_another_replaces_is_not_read() {
    process.variable("TASKWIRE_URL", "gearman://env?maxInFlight=4");

    assertThat(maxInFlight("memory:")).isEqualTo(4_096);
  }

  @Test
  void the_settings_know_the_uri_without_its_password() {
    assertThat(process.resolve("gearman://u:pw@h?retry=1s").settings().get(URL))
        .isEqualTo("gearman://u:***@h");
    assertThat(new ConfiguredProcess().resolve().settings().isSet(URL)).isFalse();
  }

  private int maxInFlight(String uri) {
    return process.resolve(uri).settings().get(MAX_IN_FLIGHT);
  }
}
