/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SerializerPropertiesTest {

  record Sample(
      int number,
      @Nullable String text,
      @Nullable Instant at,
      @Nullable List<Optional<LocalDate>> dates,
      @Nullable Map<Long, Object> map,
      @Nullable Sample next) {}

  private static final Serializer MSGPACK = new MsgpackSerializer();
  private static final Serializer JSON = new JsonSerializer();

  @Property
  void any_plain_value_survives_msgpack(@ForAll("plain") Object value) {
    assertThat(MSGPACK.decode(MSGPACK.encode(value, Object.class), Object.class))
        .isEqualTo(value);
  }

  @Property
  void msgpack_without_jackson_writes_what_it_writes_with_jackson(
      @ForAll("textKeyed") Object value) {
    Buffer plain = MSGPACK.encode(value, Object.class);
    Buffer wrapped = MSGPACK.encode(Optional.of(value), Object.class);

    assertThat(Hex.of(wrapped)).isEqualTo(Hex.of(plain));
  }

  @Property
  void any_value_with_text_keys_and_no_bytes_survives_json(@ForAll("jsonLike") Object value) {
    assertThat(JSON.decode(JSON.encode(value, Object.class), Object.class)).isEqualTo(value);
  }

  @Property
  void any_bytes_are_a_value_or_a_serialization_exception(@ForAll byte[] bytes) {
    for (Type type : List.of(Object.class, Sample.class, String.class, Map.class, Instant.class)) {
      assertDecodesOrRefuses(MSGPACK, Buffer.buffer(bytes), type);
      assertDecodesOrRefuses(JSON, Buffer.buffer(bytes), type);
    }
  }

  @Property
  void a_damaged_value_is_a_value_or_a_serialization_exception(
      @ForAll("plain") Object value, @ForAll int position, @ForAll byte damage) {
    Buffer bytes = MSGPACK.encode(
        Map.of("number", 1, "map", value, "dates", value, "at", value), Object.class);
    bytes.setByte(Math.floorMod(position, bytes.length()), damage);

    assertDecodesOrRefuses(MSGPACK, bytes, Object.class);
    assertDecodesOrRefuses(MSGPACK, bytes, Sample.class);
  }

  private static void assertDecodesOrRefuses(Serializer serializer, Buffer bytes, Type type) {
    try {
      Object value = serializer.decode(bytes, type);
      if (value instanceof Sample sample && sample.dates() != null) {
        assertThat(sample.dates())
            .allSatisfy(date -> assertThat((Optional<?>) date)
                .satisfiesAnyOf(
                    present -> assertThat(present).containsInstanceOf(LocalDate.class),
                    absent -> assertThat(absent).isEmpty(),
                    nothing -> assertThat(nothing).isNull()));
      }
    } catch (SerializationException e) {
      assertThat(e)
          .hasMessageStartingWith(
              "cannot decode " + serializer.name() + " as " + type.getTypeName() + ": ");
    }
  }

  @Provide
  Arbitrary<Object> plain() {
    Arbitrary<Object> scalar = Arbitraries.oneOf(jsonScalars(), bytes());
    return nested(
        scalar, Arbitraries.oneOf(scalar, scalar.list().ofMaxSize(2).map(list -> (Object) list)));
  }

  @Provide
  Arbitrary<Object> textKeyed() {
    return nested(Arbitraries.oneOf(jsonScalars(), bytes()), text());
  }

  @Provide
  Arbitrary<Object> jsonLike() {
    return nested(jsonScalars(), text());
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> leaf, Arbitrary<? extends Object> key) {
    return Arbitraries.recursive(
        () -> leaf,
        inner -> Arbitraries.oneOf(
            leaf,
            inner.list().ofMaxSize(20).map(list -> (Object) list),
            Arbitraries.maps(key, inner).ofMaxSize(20).map(map -> (Object) map)),
        0,
        3);
  }

  private static Arbitrary<Object> jsonScalars() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(number -> (Object) number),
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(63), BigInteger.TWO.pow(64).subtract(BigInteger.ONE))
            .map(number -> (Object) number),
        Arbitraries.doubles().map(number -> (Object) number),
        Arbitraries.of(true, false).map(flag -> (Object) flag),
        text().map(text -> (Object) text));
  }

  private static Arbitrary<Object> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Buffer::buffer);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .ofMaxLength(70)
        .filter(text -> text.chars().noneMatch(c -> c >= 0xd800 && c < 0xe000));
  }
}
