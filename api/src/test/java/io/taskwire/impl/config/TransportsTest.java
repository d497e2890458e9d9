/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.spi.TransportProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportsTest {

  private final ConfiguredProcess process = new ConfiguredProcess();

  @Test
  void the_scheme_finds_the_transport() {
    assertThat(process.resolve("memory:orders").provider()).isSameAs(TestProvider.MEMORY);
    assertThat(process.resolve("gearmans://h").provider()).isSameAs(TestProvider.GEARMAN);
    assertThat(process.resolve("BEANSTALK://h").provider()).isSameAs(TestProvider.BEANSTALK);
  }

  @Test
  void nothing_configured_is_memory_with_a_warning() {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(process.resolve().uri()).hasToString("memory:");

      assertThat(log.lines()).singleElement().asString().startsWith("WARN No broker is configured");
    }
  }

  @Test
  void memory_by_choice_is_no_warning() {
    try (CapturedLog log = new CapturedLog()) {
      process.resolve("memory:");

      assertThat(log.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "memory:,         memory",
    "gearman://h,     gearman",
    "gearmans://h,    gearman",
    "beanstalk://h,   beanstalk",
    "beanstalks://h,  beanstalk",
    "amqp://h/vhost,  rabbitmq",
    "amqps://h/vhost, rabbitmq",
  })
  void a_missing_transport_is_named_by_its_artifact(String uri, String artifact) {
    TestProvider other = new TestProvider("other", Set.of("x", "a"), List.of());

    assertThatThrownBy(() -> resolve(uri, List.of(other)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("No transport for the scheme '" + uri.substring(0, uri.indexOf(':'))
            + "' (url, QueueOptions). There are: a, x. Add io.taskwire:taskwire-transport-"
            + artifact
            + " to the class path.");
  }

  @Test
  void a_class_path_without_transports_is_told_apart() {
    assertThatThrownBy(() -> resolve("gearman://h", List.of()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "No transport for the scheme 'gearman' (url, QueueOptions). There is none at all."
                + " Add io.taskwire:taskwire-transport-gearman to the class path.");
  }

  @Test
  void a_mistyped_scheme_is_answered_with_the_nearest() {
    process.variable("TASKWIRE_URL", "geraman://h");

    assertThatThrownBy(process::resolve)
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "No transport for the scheme 'geraman' (TASKWIRE_URL, environment variable). There"
                + " are: beanstalk, beanstalks, gearman, gearmans, memory. Did you mean gearman?");
  }

  @Test
  void a_foreign_scheme_is_answered_with_those_there_are() {
    assertThatThrownBy(() -> process.resolve("https://h"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'https'")
        .hasMessageContaining("There are: beanstalk,")
        .hasMessageContaining("io.taskwire:taskwire-transport-");
  }

  @Test
  void two_transports_for_one_scheme_are_refused() {
    TestProvider twin = new TestProvider("twin", Set.of("gearman"), List.of());

    assertThatThrownBy(() -> resolve("gearman://h", List.of(TestProvider.GEARMAN, twin)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("More than one transport for the scheme 'gearman': ")
        .hasMessageContaining(
            TestProvider.class.getName() + " and " + TestProvider.class.getName());
  }

  @Test
  void an_unreadable_uri_is_reported_with_its_source() {
    process.variable("TASKWIRE_URL", "gearman://h:x");

    assertThatThrownBy(process::resolve)
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.key()).isEqualTo("TASKWIRE_URL"))
        .hasMessage(
            "The broker's URI can't be read: host number 1 has a port that is not a number from"
                + " 1 to 65535 (TASKWIRE_URL, environment variable)");
  }

  private static ResolvedConfiguration resolve(String uri, List<TransportProvider> providers) {
    return Configuration.resolve(
        QueueOptions.of(uri), providers, new Sources(Map.of(), Map.of(), List.of()));
  }
}
