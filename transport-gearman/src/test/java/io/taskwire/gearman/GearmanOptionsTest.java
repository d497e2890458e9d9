/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GearmanOptionsTest {

  @Test
  void a_uri_names_servers_and_options() {
    GearmanOptions options = GearmanOptions.of(
        "gearman://h1,h2:4731?retry=1s&heartbeat=5s&namespace=shop-&clientId=w1&selection=by-unique");

    assertThat(options.hosts()).containsExactly(new HostPort("h1", 4730), new HostPort("h2", 4731));
    assertThat(options.retryPolicy().pause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.namespace()).isEqualTo("shop-");
    assertThat(options.clientId()).isEqualTo("w1");
    assertThat(options.selection()).isEqualTo(ServerSelection.BY_UNIQUE);
    assertThat(options.isTls()).isFalse();
  }

  @Test
  void nothing_said_is_the_server_on_this_machine() {
    GearmanOptions options = GearmanOptions.builder().build();

    assertThat(options.hosts()).containsExactly(new HostPort("localhost", 4730));
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.resultTimeout()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_copy_changes_on_its_own() {
    GearmanOptions first = GearmanOptions.builder().server("h1").namespace("a-").build();
    GearmanOptions second = first.toBuilder().server("h2", 7).namespace("b-").build();

    assertThat(first.hosts()).hasSize(1);
    assertThat(second.hosts()).hasSize(2);
    assertThat(first.namespace()).isEqualTo("a-");
    assertThat(second.namespace()).isEqualTo("b-");
  }

  @Test
  void what_is_written_can_be_read_again() {
    GearmanOptions options =
        GearmanOptions.of("gearmans://h1:4730,h2:4730?connectTimeout=2s&streamBuffer=1KiB");

    assertThat(options.toString())
        .isEqualTo("gearmans://h1:4730,h2:4730?connectTimeout=2s&streamBuffer=1KiB");
    assertThat(options.isTls()).isTrue();
  }

  @Test
  void an_unknown_option_names_the_near_or_all_known_ones() {
    assertThatThrownBy(() -> GearmanOptions.of("gearman://h?heart-beat=5s"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'heart-beat'")
        .hasMessageContaining("Did you mean heartbeat?");
    assertThatThrownBy(() -> GearmanOptions.of("gearman://h?pulse=5s"))
        .hasMessageContaining("Known: retry,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "beanstalk://h",
        "gearman://",
        "gearman://user@h",
        "gearman://h/path",
        "gearman://h?heartbeat=0s",
        "gearman://h?heartbeat=soon",
        "gearman://h?namespace=a%00b",
        "gearman://h?clientId=a%20b"
      })
  void what_cannot_be_is_refused_with_the_key(String uri) {
    assertThatThrownBy(() -> GearmanOptions.of(uri)).isInstanceOf(InvalidOptionException.class);
  }

  @Test
  void the_builder_checks_as_the_uri_does() {
    assertThatThrownBy(() -> GearmanOptions.builder().maxInFlight(0))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'maxInFlight'")
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> GearmanOptions.builder().clientId("with blank"))
        .isInstanceOf(InvalidOptionException.class);
    assertThatThrownBy(() -> GearmanOptions.builder().server("h", 0))
        .isInstanceOf(InvalidOptionException.class);
  }
}
