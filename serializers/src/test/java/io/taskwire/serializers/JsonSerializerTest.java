/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSerializerTest {

  private final JsonSerializer json = new JsonSerializer();

  @Test
  void values_are_written_as_one_would_by_hand() {
    assertThat(json.encode(List.of(1, 1.5, "ü", true), Object.class).toString())
        .isEqualTo("[1,1.5,\"ü\",true]");
    assertThat(json.encode(Map.of("b", new byte[] {1, 2, 3}), Object.class).toString())
        .isEqualTo("{\"b\":\"AQID\"}");
    assertThat(json.encode(Map.of(5, Buffer.buffer("x")), Object.class).toString())
        .isEqualTo("{\"5\":\"eA==\"}");
  }

  @Test
  void an_untyped_value_is_its_natural_one() {
    assertThat(decode("[null,true,1,9223372036854775808,1.5,\"a\",{}]"))
        .asInstanceOf(LIST)
        .containsExactly(null, true, 1L, BigInteger.TWO.pow(63), 1.5, "a", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 2",
        "{} x",
        "[1",
        "{\"a\":1,\"a\":2}",
        "{\"a\"}",
        "nul",
        "'a'",
        "[1,]",
        "NaN",
        "01"
      })
  void malformed_text_is_refused(String text) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("cannot decode json as java.lang.Object: ");
    assertThatThrownBy(() -> json.decode(Buffer.buffer(text), Map.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void text_that_is_not_utf_8_is_refused() {
    assertThatThrownBy(() -> json.decode(Hex.bytes("22fffe22"), String.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void half_a_surrogate_pair_is_refused_wherever_it_stands() {
    assertThatThrownBy(() -> json.encode("\ud800", Object.class))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> json.encode("\ud800x", Object.class))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> json.encode(Map.of("\udc00", 1), Object.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void nesting_is_read_up_to_the_limit_and_refused_beyond() {
    assertThat(decode("[".repeat(256) + "]".repeat(256))).isInstanceOf(List.class);
    assertThatThrownBy(() -> decode("[".repeat(257) + "]".repeat(257)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("256");
    assertThatThrownBy(() -> decode("{\"a\":".repeat(1_000_000)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void more_values_than_allowed_are_refused() {
    JsonSerializer small = new JsonSerializer(new Limits(10, 4));

    assertThat(small.decode(Buffer.buffer("[{},{},{}]"), Object.class))
        .isEqualTo(List.of(Map.of(), Map.of(), Map.of()));
    assertThatThrownBy(() -> small.decode(Buffer.buffer("[{},{},{},{},{}]"), Object.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void a_long_text_is_no_error() {
    String text = "x".repeat(30_000_000);

    assertThat(json.decode(json.encode(text, String.class), String.class)).isEqualTo(text);
  }

  private @Nullable Object decode(String text) {
    return json.decode(Buffer.buffer(text), Object.class);
  }
}
