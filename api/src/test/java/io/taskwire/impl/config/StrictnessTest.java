/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictnessTest {

  private final ConfiguredProcess process = new ConfiguredProcess();

  @TempDir
  private Path folder;

  @Nested
  class AnUnknownKeyIsRefused {

    @Test
    void in_the_uri() {
      assertThatThrownBy(() -> process.resolve("memory:?maxInflght=5"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Unknown option 'maxInflght' (URI) with the value '5'. Did you mean maxInFlight?")
          .satisfies(
              e -> assertThat(((InvalidOptionException) e).suggestion()).isEqualTo("maxInFlight"))
          .satisfies(e -> assertThat(((InvalidOptionException) e).key()).isEqualTo("maxInflght"));
    }

    @Test
    void in_the_builder() {
      assertThatThrownBy(() -> process.resolve(
              QueueOptions.builder().uri("beanstalk://h").set("trt", "60s").build()))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Unknown option 'trt' (QueueOptions) with the value '60s'. Did you mean ttr?");
    }

    @Test
    void among_the_system_properties() {
      process.property("taskwire.retri", "5s");

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage("Unknown option 'taskwire.retri' (system property) with the value '5s'."
              + " Did you mean taskwire.retry?");
    }

    @Test
    void in_the_file() {
      process.file(folder, "taskwire.drainTimeuot=5s");

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Unknown option 'taskwire.drainTimeuot' (taskwire.properties) with the value '5s'."
                  + " Did you mean taskwire.drainTimeout?");
    }

    @Test
    void without_hint_where_none_is_near_and_then_with_all_keys_and_without_value() {
      assertThatThrownBy(() -> process.resolve("beanstalk://h?password=S3CRT"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("Unknown option 'password' (URI). Known: retry, retryAttempts, ")
          .hasMessageEndingWith(", callSites, key, cert, ca, verify, ttr, authToken.")
          .hasMessageNotContaining("S3CRT")
          .satisfies(e -> assertThat(((InvalidOptionException) e).suggestion()).isNull());
    }

    @Test
    void with_the_transport_that_it_lacks() {
      process.property("taskwire.ttr", "60s");

      assertThatThrownBy(() -> process.resolve("beanstalk://h"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("Did you mean taskwire.beanstalk.ttr?");
    }

    @Test
    void if_it_is_the_uri_within_the_uri() {
      assertThatThrownBy(() -> process.resolve("memory:?url=memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("Unknown option 'url' (URI)");
    }

    @Test
    void if_it_is_one_of_the_transport_in_use() {
      assertThatThrownBy(() -> process.resolve("beanstalk://h?beanstalk.store=true"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("Unknown option 'beanstalk.store' (URI)");
    }
  }

  @Nested
  class AWrongValueIsRefused {

    @Test
    void of_the_wrong_type() {
      assertThatThrownBy(() -> process.resolve("memory:?maxInFlight=many"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage("Option 'maxInFlight' (URI) can't have the value 'many': not a whole number."
              + " Valid: 1 to 1,000,000.")
          .satisfies(e -> assertThat(((InvalidOptionException) e).key()).isEqualTo("maxInFlight"))
          .satisfies(e -> assertThat(((InvalidOptionException) e).suggestion()).isNull());
    }

    @Test
    void out_of_range() {
      process.property("taskwire.connectTimeout", "1h");

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Option 'taskwire.connectTimeout' (system property) can't have the value '1h':"
                  + " out of range. Valid: 10ms to 10m.");
    }

    @Test
    void in_the_environment_if_the_name_is_known() {
      process.variable("TASKWIRE_MAX_IN_FLIGHT", "0");

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Option 'TASKWIRE_MAX_IN_FLIGHT' (environment variable) can't have the value '0':"
                  + " out of range. Valid: 1 to 1,000,000.");
    }

    @Test
    void in_the_file() {
      process.file(folder, "onFailure=ignore");

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Option 'onFailure' (taskwire.properties) can't have the value 'ignore': none of"
                  + " the values there are. Valid: dead-letter, drop.");
    }

    @Test
    void of_a_transport() {
      assertThatThrownBy(() -> process.resolve("beanstalk://h?ttr=1s"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Option 'ttr' (URI) can't have the value '1s': out of range. Valid: 5s to 24h.");
    }

    @Test
    void even_where_a_nearer_source_has_a_right_one() {
      process.variable("TASKWIRE_RETRY", "soon");

      assertThatThrownBy(() -> process.resolve("memory:?retry=5s"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("'TASKWIRE_RETRY'")
          .hasMessageContaining("'soon'");
    }

    @Test
    void and_shown_on_one_line_of_bounded_length() {
      process.property("taskwire.retry", "x\ny" + "z".repeat(10_000));

      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("'x?yzzz")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n"));
    }

    @Test
    void given_twice_in_two_spellings() {
      assertThatThrownBy(() -> process.resolve("beanstalk://h?ttr=10s&beanstalk.ttr=10s"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage("Option 'beanstalk.ttr' (URI) is also given as 'ttr': keep one of them.");
      process.file(folder, "retry=1s\ntaskwire.retry=1s");
      assertThatThrownBy(() -> process.resolve("memory:"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "Option 'taskwire.retry' (taskwire.properties) is also given as 'retry': keep one"
                  + " of them.");
    }
  }

  @Nested
  class Relations {

    @Test
    void an_exponential_wait_can_not_begin_beyond_its_end() {
      assertThatThrownBy(() -> process.resolve("memory:?retryBackoff=exponential&retry=5m"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessage(
              "With retryBackoff=exponential, retryMax must not be less than retry: retryMax is"
                  + " 1m, retry is 5m.");
    }

    @Test
    void a_fixed_wait_has_no_end() {
      assertThatCode(() -> process.resolve("memory:?retry=5m")).doesNotThrowAnyException();
    }

    @Test
    void an_exponential_wait_may_be_as_long_as_its_end() {
      assertThatCode(() -> process.resolve("memory:?retryBackoff=exponential&retry=5m&retryMax=5m"))
          .doesNotThrowAnyException();
    }
  }

  @Nested
  class OtherTransportsKeys {

    @Test
    void are_ignored_everywhere() {
      process
          .file(folder, "taskwire.beanstalk.ttr=1s\nrabbitmq.prefetch=x")
          .property("taskwire.rabbitmq.prefetch", "x")
          .variable("TASKWIRE_BEANSTALK_NONE", "x");

      assertThatCode(() -> process.resolve(QueueOptions.builder()
              .uri("gearman://h?memory.none=1")
              .set("beanstalk.ttr", "x")
              .build()))
          .doesNotThrowAnyException();
    }

    @Test
    void have_their_transport_in_front() {
      assertThatThrownBy(() -> process.resolve("gearman://h?ttr=60s"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("Unknown option 'ttr' (URI)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "maxinflight,         maxInFlight",
    "max-in-flight,       maxInFlight",
    "max_in_flight,       maxInFlight",
    "MAX_IN_FLIGHT,       maxInFlight",
    "taskwire.retry,      retry",
    "rety,                retry",
    "retyr,               retry",
    "retries,             ",
    "connectTimout,       connectTimeout",
    "onFailures,          onFailure",
    "gearmn.maxAttempts,  maxAttempts",
    "serialiser,          serializer",
    "xyz,                 ",
    "timeout,             ",
    "'',                  ",
  })
  void the_nearest_key_is_near(String key, String nearest) {
    assertThat(NearestKey.to(key, CoreOptions.all().stream().map(o -> o.key()).toList()))
        .isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, ab, 1", "'', abc, 3", "ca, abc, 3"
  })
  void the_distance_counts_letters(String a, String b, int distance) {
    assertThat(NearestKey.distance(a, b)).isEqualTo(distance);
    assertThat(NearestKey.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void a_transport_whose_key_is_a_core_key_is_a_mistake_of_its_author() {
    TestProvider clash = new TestProvider(
        "clash", Set.of("clash"), List.of(Option.flag("retry", false, "Clashes.")));

    assertThatThrownBy(() -> new KnownKeys(Spelling.QUERY, clash, TestProvider.all()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("retry");
  }
}
