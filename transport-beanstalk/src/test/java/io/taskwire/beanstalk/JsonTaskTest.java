/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTaskTest {

  @Test
  void a_call_is_its_name_then_its_named_arguments_then_the_others() {
    JsonTask task = JsonTask.of("résize", "a.png", 200, 0.1f, null, true)
        .with("quality", 80)
        .with("sizes", List.of(1L, 2L));
    assertThat(task.toBuffer().toString())
        .isEqualTo("[\"résize\",{\"quality\":80,\"sizes\":[1,2]},\"a.png\",200,0.1,null,true]");
    assertThat(JsonTask.read(task.toBuffer())).isEqualTo(task);
  }

  @Test
  void what_pythons_json_writes_is_read() {
    JsonTask task = JsonTask.read(Buffer.buffer(
        "[\"f\", {\"k\": {\"a\": [1, 2.5, -3e2]}, \"n\": NaN}, 123456789012345678901234567890, "
            + "Infinity, -Infinity, \"\\u00e9\\ud83d\\ude00\", \"é\"]"));
    assertThat(task.kwargs().get("k")).isEqualTo(Map.of("a", List.of(1L, 2.5, -300.0)));
    assertThat(task.kwargs().get("n")).isEqualTo(Double.NaN);
    assertThat(task.args())
        .containsExactly(
            new BigInteger("123456789012345678901234567890"),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            "é\uD83D\uDE00",
            "é");
  }

  @Test
  void numbers_that_json_does_not_have_are_the_words_that_python_reads() {
    assertThat(JsonTask.of("f", Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            .toBuffer()
            .toString())
        .isEqualTo("[\"f\",{},NaN,-Infinity,Infinity]");
  }

  @Test
  void of_a_key_that_comes_twice_the_last_value_counts_as_in_python() {
    assertThat(JsonTask.read(Buffer.buffer("[\"f\",{\"a\":1,\"a\":2}]")).kwargs())
        .isEqualTo(Map.of("a", 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "[\"f\"]",
        "[\"f\",[]]",
        "[1,{}]",
        "\"f\"",
        "[\"f\",{}",
        "[\"f\",{}] x",
        "[\"f\",{}][]",
        "[\"f\",{},]",
        "[\"f\",{1:2}]",
        "['f',{}]",
        "[\"f\",{},01]",
        "\u00c1TW\u0001"
      })
  void anything_else_is_refused(String body) {
    assertThatThrownBy(() -> JsonTask.read(Buffer.buffer(body)))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("no JSON");
  }

  @Test
  void depth_is_bounded_both_ways() {
    String deep = "[\"f\",{}," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
    assertThatThrownBy(() -> JsonTask.read(Buffer.buffer(deep)))
        .isInstanceOf(SerializationException.class);
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatThrownBy(() -> JsonTask.of("f", self))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("holds itself");
    Object value = 1L;
    for (int i = 0; i < 255; i++) {
      value = List.of(value);
    }
    JsonTask deepest = JsonTask.of("f", value);
    assertThat(JsonTask.read(deepest.toBuffer())).isEqualTo(deepest);
  }

  @Test
  void what_json_has_no_form_for_is_refused_with_its_place() {
    assertThatThrownBy(() -> JsonTask.of("f").with("a", List.of(1, new byte[1])))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("kwargs.a[1]");
    assertThatThrownBy(() -> JsonTask.of("f", Map.of(1, 2)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("a key is a string");
    assertThatThrownBy(() -> JsonTask.of("f", new AtomicInteger()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("AtomicInteger");
    assertThatThrownBy(() -> JsonTask.of("f\uD83D"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void values_of_vertx_and_small_numbers_are_taken_in_the_one_form() {
    JsonTask task = JsonTask.of(
        "f",
        new JsonObject().put("a", new JsonArray().add(1).addNull()),
        (short) 3,
        BigInteger.TWO,
        'x',
        new String[] {"y"});
    assertThat(task.args())
        .containsExactly(Map.of("a", Arrays.asList(1L, null)), 3L, 2L, "x", List.of("y"));
    assertThat(task.toString()).isEqualTo("f({a=[1, null]}, 3, 2, x, [y])");
    assertThat(JsonTask.of("g", 1).with("z", 2).with("b", 3).toString())
        .isEqualTo("g(1, b=3, z=2)");
  }

  @Test
  void later_changes_of_what_was_given_do_not_show() {
    Map<String, Object> kwargs = new HashMap<>(Map.of("a", 1L));
    List<Object> inner = new ArrayList<>();
    JsonTask task = new JsonTask("f", kwargs, List.of(inner));
    kwargs.clear();
    inner.add(1);
    assertThat(task).isEqualTo(JsonTask.of("f", List.of()).with("a", 1));
    assertThatThrownBy(() -> task.kwargs().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void the_serializer_carries_tasks_and_plain_values() {
    JsonTaskSerializer serializer = new JsonTaskSerializer();
    JsonTask task = JsonTask.of("f", 1);
    assertThat(serializer.decode(serializer.encode(task, JsonTask.class), JsonTask.class))
        .isEqualTo(task);
    assertThat(serializer.decode(serializer.encode(42, Integer.class), Long.class))
        .isEqualTo(42L);
    assertThat(serializer.decode(serializer.encode(null, Void.class), Void.class))
        .isNull();
    assertThatThrownBy(() -> serializer.decode(Buffer.buffer("1"), String.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("cannot decode a Long as java.lang.String");
  }

  @Property(tries = 500)
  void what_is_written_is_read_again(@ForAll("tasks") JsonTask task) {
    assertThat(JsonTask.read(task.toBuffer())).isEqualTo(task);
  }

  @Provide
  Arbitrary<JsonTask> tasks() {
    Arbitrary<String> text = Arbitraries.strings()
        .withChars('a', '"', '\\', '\u0000', '\n', 'é', '\u2028', '\uFFFD')
        .ofMaxLength(8);
    Arbitrary<Object> leaf = Arbitraries.oneOf(
        text,
        Arbitraries.longs(),
        Arbitraries.doubles(),
        Arbitraries.of(true, false),
        Arbitraries.bigIntegers());
    Arbitrary<Object> value = Arbitraries.lazyOf(
        () -> leaf,
        () -> leaf.list().ofMaxSize(4).map(each -> (Object) each),
        () -> Arbitraries.maps(text, leaf).ofMaxSize(4).map(each -> (Object) each));
    return Combinators.combine(
            text, Arbitraries.maps(text, value).ofMaxSize(4), value.list().ofMaxSize(4))
        .as(JsonTask::new);
  }
}
