/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackPlainValuesTest {

  private final MsgpackSerializer msgpack = new MsgpackSerializer();

  @Test
  void every_integer_class_takes_the_smallest_form() {
    assertThat(encode((byte) -1)).isEqualTo("ff");
    assertThat(encode((short) 128)).isEqualTo("cc80");
    assertThat(encode(65_536)).isEqualTo("ce00010000");
    assertThat(encode(1L)).isEqualTo("01");
    assertThat(encode(BigInteger.ONE)).isEqualTo("01");
    assertThat(encode(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))
        .isEqualTo("cfffffffffffffffff");
  }

  @Test
  void a_float_is_a_float64() {
    assertThat(encode(1.5f)).isEqualTo("cb3ff8000000000000");
  }

  @Test
  void all_kinds_of_bytes_are_bin_and_their_positions_stay() {
    ByteBuffer window = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);

    assertThat(encode(new byte[] {1, 2})).isEqualTo("c4020102");
    assertThat(encode(Buffer.buffer(new byte[] {1, 2}))).isEqualTo("c4020102");
    assertThat(encode(window)).isEqualTo("c4020102");
    assertThat(window.position()).isEqualTo(1);
  }

  @Test
  void arrays_sets_and_vertx_json_are_lists_and_maps() {
    assertThat(encode(new Object[] {1, "a"})).isEqualTo("9201a161");
    assertThat(encode(new String[] {"a"})).isEqualTo("91a161");
    assertThat(encode(new int[] {1, 300})).isEqualTo("9201cd012c");
    assertThat(encode(Set.of(7))).isEqualTo("9107");
    assertThat(encode(new JsonObject().put("a", new JsonArray().add(1)))).isEqualTo("81a1619101");
  }

  @Test
  void vertx_json_is_read_where_it_is_asked_for() {
    assertThat(decode("81a1619101", JsonObject.class))
        .isEqualTo(new JsonObject().put("a", new JsonArray().add(1L)));
    assertThat(decode("9101", JsonArray.class)).isEqualTo(new JsonArray().add(1L));
  }

  @Test
  void a_large_payload_of_every_size_class_comes_back() {
    for (int size : new int[] {127, 128, 129, 8_191, 8_192, 65_536, 1_000_000}) {
      Map<Object, Object> value = new LinkedHashMap<>();
      value.put("text", "x".repeat(size));
      value.put("umlauts", "ü".repeat(size));
      value.put("bytes", Buffer.buffer(new byte[size]));
      value.put("list", Collections.nCopies(size, 5L));

      assertThat(msgpack.decode(msgpack.encode(value, Object.class), Object.class))
          .isEqualTo(value);
    }
  }

  @Test
  void an_integer_beyond_msgpack_is_refused_by_name() {
    assertThatThrownBy(() -> encode(BigInteger.TWO.pow(64)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("18446744073709551616")
        .hasMessageContaining("declare the type BigInteger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "ab\ud83d"})
  void half_a_surrogate_pair_is_refused(String text) {
    assertThatThrownBy(() -> encode(text))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("half a surrogate pair");
    assertThatThrownBy(() -> encode(Map.of(text, 1))).isInstanceOf(SerializationException.class);
  }

  @Test
  void a_structure_that_contains_itself_is_refused() {
    Map<String, Object> loop = new HashMap<>();
    loop.put("self", Arrays.asList(1, loop));

    assertThatThrownBy(() -> encode(loop))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("contain itself");
  }

  @ParameterizedTest
  @CsvSource({
    "cc80, java.lang.Byte, 128",
    "cd8000, java.lang.Short, 32768",
    "ce80000000, java.lang.Integer, 2147483648",
    "cf8000000000000000, java.lang.Long, 9223372036854775808",
    "cf8000000000000001, java.lang.Double, 9223372036854775809",
    "cb7e37e43c8800759c, java.lang.Float, 1.0E300"
  })
  void a_number_out_of_range_is_refused_by_its_value(String hex, Class<?> type, String value) {
    assertThatThrownBy(() -> decode(hex, type))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(value)
        .hasMessageContaining(type.getSimpleName());
  }

  @ParameterizedTest
  @CsvSource({
    "a131, java.lang.Integer",
    "01, java.lang.String",
    "c40161, java.lang.String",
    "a161, io.vertx.core.buffer.Buffer",
    "cb3ff8000000000000, java.lang.Long",
    "01, java.lang.Boolean",
    "80, java.util.List",
    "90, java.util.Map"
  })
  void a_value_of_another_type_is_refused_with_both_names(String hex, Class<?> type) {
    assertThatThrownBy(() -> decode(hex, type))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(type.getName())
        .hasMessageContaining("found a msgpack");
  }

  @Test
  void numbers_are_read_as_the_class_asked_for() {
    assertThat(decode("7f", Byte.class)).isEqualTo((byte) 127);
    assertThat(decode("d1ff7f", Short.class)).isEqualTo((short) -129);
    assertThat(decode("ce7fffffff", Integer.class)).isEqualTo(Integer.MAX_VALUE);
    assertThat(decode("05", Long.class)).isEqualTo(5L);
    assertThat(decode("05", Double.class)).isEqualTo(5.0);
    assertThat(decode("ca3fc00000", Float.class)).isEqualTo(1.5f);
    assertThat(decode("cb3fb99999a0000000", Float.class)).isEqualTo(0.1f);
    assertThat(decode("05", int.class)).isEqualTo(5);
    assertThat(decode("c3", boolean.class)).isEqualTo(true);
  }

  @Test
  void nil_is_null_for_every_class_but_a_primitive() {
    assertThat(decode("c0", String.class)).isNull();
    assertThat(decode("c0", Integer.class)).isNull();
    assertThat(decode("c0", Buffer.class)).isNull();
    assertThat(decode("c0", List.class)).isNull();
    assertThatThrownBy(() -> decode("c0", int.class)).isInstanceOf(SerializationException.class);
  }

  @Test
  void bytes_are_read_as_the_class_asked_for() {
    assertThat(decode("c4020102", byte[].class)).isEqualTo(new byte[] {1, 2});
    assertThat(decode("c4020102", Buffer.class)).isEqualTo(Buffer.buffer(new byte[] {1, 2}));
    assertThat(decode("c4020102", ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
  }

  @Test
  void a_timestamp_is_an_instant() {
    Instant newYear = Instant.parse("2020-01-01T00:00:00Z");

    assertThat(decode("d6ff5e0be100", Object.class)).isEqualTo(newYear);
    assertThat(decode("d7ff000000005e0be100", Object.class)).isEqualTo(newYear);
    assertThat(decode("c70cff00000000000000005e0be100", Object.class)).isEqualTo(newYear);
    assertThat(decode("d6ff5e0be100", Instant.class)).isEqualTo(newYear);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d40501", "c70cff000000005e0be10000000000", "d5ff0000", "c700ff"})
  void another_extension_and_a_broken_timestamp_are_refused(String hex) {
    assertThatThrownBy(() -> decode(hex, Object.class)).isInstanceOf(SerializationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ca3fc00000, 1.5",
    "d201000000, 16777216",
    "cd0001, 1",
    "d3ffffffffffffffff, -1",
    "da000161, a",
    "d90161, a",
    "dc000101, [1]",
    "df0000000101c0, {1=null}",
    "92c0a0, '[null, ]'"
  })
  void longer_forms_than_needed_are_read(String hex, String expected) {
    assertThat(String.valueOf(decode(hex, Object.class))).isEqualTo(expected);
  }

  private String encode(Object value) {
    return Hex.encode(msgpack, value, Object.class);
  }

  private @Nullable Object decode(String hex, Class<?> type) {
    return Hex.decode(msgpack, hex, type);
  }
}
