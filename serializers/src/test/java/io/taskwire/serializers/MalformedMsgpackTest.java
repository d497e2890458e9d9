/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedMsgpackTest {

  record Node(
      String name,
      @Nullable Node next,
      @Nullable List<Node> children,
      @Nullable Map<String, Object> extra) {}

  record Times(List<OffsetDateTime> times) {}

  private final MsgpackSerializer msgpack = new MsgpackSerializer();

  @ParameterizedTest
  @CsvSource({
    "c1, never used",
    "'', cut off",
    "9301, cut off",
    "a5616263, cut off",
    "dc, cut off",
    "c703050102, cut off",
    "010203, 2 bytes left over",
    "a2fffe, not UTF-8",
    "a3eda080, not UTF-8",
    "a2c0af, not UTF-8",
    "82a16101a16102, the key a twice",
    "8180c0, a map cannot be the key"
  })
  void malformed_bytes_are_refused_with_the_reason(String hex, String reason) {
    assertThatThrownBy(() -> Hex.decode(msgpack, hex, Object.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "c1, never used",
    "81a46e616d65, cut off",
    "81a46e616d65a17801, 1 bytes left over",
    "81a46e616d65a1ff, not UTF-8",
    "82a46e616d65c0a46e616d65c0, the key name twice",
    "81a5657874726182a161c0a161c0, the key a twice",
    "81c001, expected a property name",
    "819101c0, expected a property name",
    "81a46e616d6501, Node[\"name\"]"
  })
  void a_record_refuses_them_as_well(String hex, String reason) {
    assertThatThrownBy(() -> Hex.decode(msgpack, hex, Node.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbffffffff",
        "dd7fffffff",
        "ddffffffff",
        "dfffffffff",
        "c6ffffffff",
        "c9ffffffffff"
      })
  void a_length_that_the_bytes_do_not_back_is_refused_before_memory_is_taken(String hex) {
    assertThatThrownBy(() -> Hex.decode(msgpack, hex, Object.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> Hex.decode(msgpack, hex, Node.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void nesting_is_read_up_to_the_limit_and_refused_beyond() {
    assertThat(msgpack.decode(nestedArrays(256), Object.class)).isInstanceOf(List.class);
    assertThatThrownBy(() -> msgpack.decode(nestedArrays(257), Object.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("deeper than the 256 levels");
    assertThatThrownBy(() -> msgpack.decode(nestedArrays(1_000_000), Node.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("deeper than the 256 levels");
  }

  @Test
  void records_nest_up_to_the_limit_both_ways() {
    Node deepest = new Node("leaf", null, null, null);
    Node fits = wrapped(deepest, 255);

    assertThat(msgpack.decode(msgpack.encode(fits, Node.class), Node.class)).isEqualTo(fits);
    assertThatThrownBy(() -> msgpack.encode(wrapped(deepest, 256), Node.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("deeper than the 256 levels");
  }

  @Test
  void more_values_than_allowed_are_refused() {
    MsgpackSerializer small = new MsgpackSerializer(new Limits(10, 4));

    assertThat(small.decode(Hex.bytes("93808080"), Object.class))
        .isEqualTo(List.of(Map.of(), Map.of(), Map.of()));
    assertThatThrownBy(() -> small.decode(Hex.bytes("9480808080"), Object.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("more than the 4 values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"81a574696d657391c40161", "81a574696d657391d6ff5e0be100", "81a574696d657391d40561"
      })
  void what_is_of_another_class_does_not_get_into_a_list_of_times(String hex) {
    assertThatThrownBy(() -> Hex.decode(msgpack, hex, Times.class))
        .isInstanceOf(SerializationException.class);
  }

  private static Node wrapped(Node node, int times) {
    Node outer = node;
    for (int i = 0; i < times; i++) {
      outer = new Node("n", outer, null, null);
    }
    return outer;
  }

  private static Buffer nestedArrays(int depth) {
    Buffer bytes = Buffer.buffer();
    for (int i = 1; i < depth; i++) {
      bytes.appendByte((byte) 0x91);
    }
    return bytes.appendByte((byte) 0x90);
  }
}
