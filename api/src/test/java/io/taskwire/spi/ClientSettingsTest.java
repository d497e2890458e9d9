/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

  private static final Option<String> ROOM =
      Option.text("room", Pattern.compile("[a-z]+"), "small letters", "Where to.");

  private static final ClientKind KIND = new ClientKind(
      "Broker",
      "broker",
      7000,
      List.of(
          CoreOptions.MAX_IN_FLIGHT,
          ROOM,
          CoreOptions.KEY,
          CoreOptions.CERT,
          CoreOptions.CA,
          CoreOptions.VERIFY),
      "BrokerOptions");

  private static ClientSettings of(String uri) {
    return ClientSettings.builder(KIND).uri(uri).build();
  }

  @Test
  void a_uri_names_hosts_and_options_and_is_written_in_their_order() {
    ClientSettings settings = of("brokers://h1,h2:7001?ca=/ca.pem&room=blue&maxInFlight=3");

    assertThat(settings.hosts())
        .containsExactly(new HostPort("h1", 7000), new HostPort("h2", 7001));
    assertThat(settings.isTls()).isTrue();
    assertThat(settings.tlsFiles().ca()).isEqualTo(Path.of("/ca.pem"));
    assertThat(settings.get(ROOM)).isEqualTo("blue");
    assertThat(settings)
        .hasToString("brokers://h1:7000,h2:7001?maxInFlight=3&room=blue&ca=/ca.pem");
  }

  @Test
  void nothing_said_is_the_broker_on_this_machine() {
    ClientSettings settings = ClientSettings.builder(KIND).build();

    assertThat(settings).hasToString("broker://localhost:7000");
    assertThat(settings.isSet(ROOM)).isFalse();
  }

  @Test
  void of_a_value_set_twice_the_last_counts() {
    ClientSettings.Builder builder = of("broker://h?room=blue").toBuilder();

    assertThat(builder.put(ROOM, "red").build().get(ROOM)).isEqualTo("red");
    assertThat(builder.uri("broker://h?room=green").build().get(ROOM)).isEqualTo("green");
  }

  @Test
  void a_refused_value_is_shown_with_its_source_and_what_is_valid() {
    assertThatThrownBy(() -> of("broker://h?room=B1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "Option 'room' (URI) can't have the value 'B1': out of range. Valid: small letters.");
    assertThatThrownBy(() -> ClientSettings.builder(KIND).put(ROOM, "B1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("(BrokerOptions)");
  }

  @Test
  void an_option_of_tls_needs_the_scheme_of_tls() {
    assertThatThrownBy(() -> of("broker://h?ca=/ca.pem"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("brokers://");
  }

  @Test
  void another_scheme_a_user_a_path_and_an_unknown_key_are_refused() {
    assertThatThrownBy(() -> of("other://h")).hasMessageContaining("nor with brokers://");
    assertThatThrownBy(() -> of("broker://me@h")).hasMessageContaining("Broker knows no users");
    assertThatThrownBy(() -> of("broker://h/there")).hasMessageContaining("has a path");
    assertThatThrownBy(() -> of("broker://h?max-in-flight=1"))
        .hasMessageContaining("Did you mean maxInFlight?");
  }

  @Test
  void an_option_of_others_is_not_known() {
    assertThatThrownBy(() -> of("broker://h").get(CoreOptions.RETRY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
