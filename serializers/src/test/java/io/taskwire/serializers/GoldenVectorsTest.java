/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes recorded from aioqueue, beside what it was given and what it read back. */
class GoldenVectorsTest {

  private static final JsonNode VECTORS = load();

  private final MsgpackSerializer msgpack = new MsgpackSerializer();

  @Test
  void there_are_as_many_vectors_as_were_recorded() {
    assertThat(packed()).hasSize(76);
    assertThat(VECTORS.get("unpack")).hasSize(27);
  }

  @ParameterizedTest
  @MethodSource("packed")
  void what_aioqueue_packs_is_read_as_aioqueue_reads_it(JsonNode vector) {
    Object value = Hex.decode(msgpack, vector.get("aioqueue").asText(), Object.class);

    String expected = vector.get("unpacked_by_aioqueue").asText();
    if (value instanceof Double number) {
      assertThat(number).isEqualTo(pythonFloat(expected));
    } else {
      assertThat(python(value)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("packed")
  void the_value_read_is_packed_to_the_bytes_of_aioqueue(JsonNode vector) {
    String hex = vector.get("aioqueue").asText();

    assertThat(Hex.encode(msgpack, Hex.decode(msgpack, hex, Object.class), Object.class))
        .isEqualTo(hex);
  }

  @ParameterizedTest
  @MethodSource("packed")
  void every_beginning_of_a_vector_is_refused_as_cut_off(JsonNode vector) {
    Buffer whole = Hex.bytes(vector.get("aioqueue").asText());

    for (int length = 0; length < whole.length(); length++) {
      Buffer part = whole.slice(0, length);
      assertThatThrownBy(() -> msgpack.decode(part, Object.class))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("cut off");
    }
  }

  @ParameterizedTest
  @MethodSource("packed")
  void every_vector_with_a_byte_behind_it_is_refused(JsonNode vector) {
    Buffer longer = Hex.bytes(vector.get("aioqueue").asText() + "c0");

    assertThatThrownBy(() -> msgpack.decode(longer, Object.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("1 bytes left over");
  }

  static Stream<Named<JsonNode>> packed() {
    return StreamSupport.stream(VECTORS.get("pack").spliterator(), false)
        .map(vector -> Named.of(shortened(vector.get("python").asText()), vector));
  }

  private static String shortened(String text) {
    return text.length() < 40 ? text : text.substring(0, 37) + "... (" + text.length() + ")";
  }

  private static Double pythonFloat(String repr) {
    return switch (repr) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.valueOf(repr);
    };
  }

  /** Python's repr of a decoded value. */
  private static String python(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof String text) {
      return "'" + text.replace("\0", "\\x00").replace("\r", "\\r").replace("\n", "\\n") + "'";
    }
    if (value instanceof Buffer bytes) {
      return IntStream.range(0, bytes.length())
          .mapToObj(i -> pythonByte(bytes.getByte(i)))
          .collect(Collectors.joining("", "b'", "'"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(GoldenVectorsTest::python)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> pythonKey(entry.getKey()) + ": " + python(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  private static String pythonByte(byte b) {
    return b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b & 0xff);
  }

  private static String pythonKey(Object key) {
    String repr = python(key);
    return key instanceof List ? "(" + repr.substring(1, repr.length() - 1) + ")" : repr;
  }

  private static JsonNode load() {
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("msgpack-vectors.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
