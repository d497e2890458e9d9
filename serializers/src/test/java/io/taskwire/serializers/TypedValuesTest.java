/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Typed values go through msgpack and JSON by the same rules. */
class TypedValuesTest {

  static final List<Serializer> SERIALIZERS =
      List.of(new MsgpackSerializer(), new JsonSerializer());

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "the green one";
      }
    }
  }

  record Money(BigDecimal amount, String currency) {}

  record Line(String article, int count, Money price, Optional<String> note) {}

  record Order(
      long id,
      Instant at,
      Colour colour,
      List<Line> lines,
      Map<String, List<Optional<Money>>> byName,
      ByteBuffer signature,
      Buffer picture) {}

  record Page<T>(List<T> items, @Nullable T next) {}

  record Anything(Object value) {}

  record Small(int number) {}

  record Text(@Nullable String text) {}

  static class Bean {
    private String name = "";
    private boolean fine;
    public double[] measures = {};
    public byte[] picture = {};

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public boolean isFine() {
      return fine;
    }

    public void setFine(boolean fine) {
      this.fine = fine;
    }
  }

  static Stream<Arguments> values() {
    return Stream.of(
            value(Instant.parse("2024-02-29T12:00:00.123456789Z"), Instant.class),
            value(Instant.MAX, Instant.class),
            value(LocalDate.of(-44, 3, 15), LocalDate.class),
            value(LocalTime.of(23, 59, 59, 1), LocalTime.class),
            value(LocalDateTime.of(2024, 12, 31, 0, 0), LocalDateTime.class),
            value(
                OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 5, ZoneOffset.ofHours(-11)),
                OffsetDateTime.class),
            value(
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.class),
            value(
                ZonedDateTime.of(2024, 1, 1, 2, 30, 0, 0, ZoneId.of("Etc/UTC")),
                ZonedDateTime.class),
            value(ZonedDateTime.of(2024, 1, 1, 2, 30, 0, 0, ZoneOffset.UTC), ZonedDateTime.class),
            value(Duration.ofSeconds(-90_061, 7), Duration.class),
            value(Period.of(1, -2, 3), Period.class),
            value(Year.of(2024), Year.class),
            value(YearMonth.of(2024, 2), YearMonth.class),
            value(DayOfWeek.FRIDAY, DayOfWeek.class),
            value(ZoneId.of("America/New_York"), ZoneId.class),
            value(ZoneOffset.ofHoursMinutes(5, 30), ZoneOffset.class),
            value(Optional.of("x"), type(new TypeReference<Optional<String>>() {})),
            value(Optional.empty(), type(new TypeReference<Optional<String>>() {})),
            value(Optional.of(List.of(1L)), type(new TypeReference<Optional<List<Long>>>() {})),
            value(OptionalInt.of(3), OptionalInt.class),
            value(OptionalLong.empty(), OptionalLong.class),
            value(OptionalDouble.of(1.25), OptionalDouble.class),
            value(BigInteger.TWO.pow(64), BigInteger.class),
            value(BigInteger.TWO.pow(200).negate(), BigInteger.class),
            value(BigInteger.TEN, BigInteger.class),
            value(new BigDecimal("1234567890123456789.1234567890"), BigDecimal.class),
            value(new BigDecimal("1.50"), BigDecimal.class),
            value(new BigDecimal("1E+5"), BigDecimal.class),
            value(Colour.RED, Colour.class),
            value(Colour.GREEN, Colour.class),
            value(UUID.fromString("00000000-0000-0001-0000-000000000002"), UUID.class),
            value('ß', Character.class),
            value(Long.MIN_VALUE, Long.class),
            value(1.0E300, Double.class),
            value(0.1f, Float.class),
            value(Double.NaN, Double.class),
            value(Double.NEGATIVE_INFINITY, double.class),
            value("żółw 🐢 \0", String.class),
            value(new byte[] {0, -1, 10, 13}, byte[].class),
            value(Buffer.buffer(new byte[] {0, -1}), Buffer.class),
            value(ByteBuffer.wrap(new byte[] {0, -1}), ByteBuffer.class),
            value(new int[] {1, -70_000}, int[].class),
            value(new double[] {1.5, -0.0}, double[].class),
            value(new float[] {0.1f}, float[].class),
            value(new String[] {"a", "ü"}, String[].class),
            value(new Money[] {new Money(BigDecimal.ONE, "EUR")}, Money[].class),
            value(new JsonObject().put("a", new JsonArray().add("b")), JsonObject.class),
            value(Set.of("a", "b"), type(new TypeReference<Set<String>>() {})),
            value(List.of(1, 2), type(new TypeReference<List<Integer>>() {})),
            value(
                Map.of(5L, "five", -1L, "minus"), type(new TypeReference<Map<Long, String>>() {})),
            value(Map.of(5, Colour.RED), type(new TypeReference<Map<Integer, Colour>>() {})),
            value(Map.of(LocalDate.EPOCH, 1L), type(new TypeReference<Map<LocalDate, Long>>() {})),
            value(
                new EnumMap<>(Map.of(Colour.GREEN, 1)),
                type(new TypeReference<EnumMap<Colour, Integer>>() {})),
            value(
                new LinkedHashMap<>(Map.of("m", List.of(Map.of("k", Optional.of(Instant.EPOCH))))),
                type(new TypeReference<Map<String, List<Map<String, Optional<Instant>>>>>() {})),
            value(
                new Page<>(List.of(new Small(1)), new Small(2)),
                type(new TypeReference<Page<Small>>() {})),
            value(
                new Page<>(List.of(List.of("a")), null),
                type(new TypeReference<Page<List<String>>>() {})),
            value(order(), Order.class))
        .flatMap(value -> SERIALIZERS.stream()
            .map(serializer -> Arguments.of(
                Named.of(serializer.name(), serializer), value.get()[0], value.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_value_comes_back_as_it_was(Serializer serializer, Object value, Type type) {
    Object back = serializer.decode(serializer.encode(value, type), type);

    assertThat(back).isInstanceOf(publicClass(value));
    assertThat(back)
        .usingRecursiveComparison()
        .withEqualsForType(Object::equals, Buffer.class)
        .withEqualsForType(Object::equals, JsonObject.class)
        .withEqualsForType(Object::equals, Double.class)
        .isEqualTo(value);
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_value_encoded_without_its_type_is_read_with_it(Serializer serializer) {
    assertThat(serializer.decode(serializer.encode(order(), Object.class), Order.class))
        .usingRecursiveComparison()
        .isEqualTo(order());
    assertThat(serializer.decode(
            serializer.encode(List.of(Instant.EPOCH), Object.class), Object.class))
        .isEqualTo(List.of("1970-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_bean_with_setters_comes_back(Serializer serializer) {
    Bean bean = new Bean();
    bean.setName("b");
    bean.setFine(true);
    bean.measures = new double[] {1, 2};
    bean.picture = new byte[] {-1, 0};

    assertThat(serializer.decode(serializer.encode(bean, Bean.class), Bean.class))
        .usingRecursiveComparison()
        .isEqualTo(bean);
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void an_untyped_part_of_a_record_is_its_natural_value(Serializer serializer) {
    Anything value = new Anything(List.of(1, 1.5, "a", true, Map.of("k", 5_000_000_000L)));

    assertThat(serializer.decode(serializer.encode(value, Anything.class), Anything.class))
        .isEqualTo(new Anything(List.of(1L, 1.5, "a", true, Map.of("k", 5_000_000_000L))));
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void null_comes_back(Serializer serializer) {
    for (Type type : List.of(Object.class, String.class, Order.class, Instant.class, List.class)) {
      assertThat(serializer.decode(serializer.encode(null, type), type)).isNull();
    }
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void unknown_properties_are_ignored(Serializer serializer) {
    Buffer newer = serializer.encode(Map.of("number", 1, "colour", List.of("red")), Object.class);

    assertThat(serializer.decode(newer, Small.class)).isEqualTo(new Small(1));
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_missing_or_null_primitive_is_an_error_that_names_it(Serializer serializer) {
    Map<String, Object> nulled = new LinkedHashMap<>();
    nulled.put("number", null);

    for (Object value : List.of(Map.of(), nulled)) {
      assertRefused(serializer, value, Small.class, "number");
    }
    assertThat(serializer.decode(serializer.encode(Map.of(), Object.class), Text.class))
        .isEqualTo(new Text(null));
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void nothing_is_converted_that_would_change_it(Serializer serializer) {
    assertRefused(serializer, Map.of("number", "5"), Small.class, "number");
    assertRefused(serializer, Map.of("number", 1.7), Small.class, "number");
    assertRefused(serializer, Map.of("number", true), Small.class, "number");
    assertRefused(serializer, Map.of("number", 4_294_967_297L), Small.class, "4294967297");
    assertRefused(
        serializer,
        Map.of("number", new BigInteger("18446744073709551615")),
        Small.class,
        "number");
    assertRefused(serializer, Map.of("text", 5), Text.class, "text");
    assertRefused(serializer, Map.of("text", List.of("a")), Text.class, "text");
    assertRefused(serializer, 1, Colour.class, "Colour");
    assertRefused(serializer, "BLUE", Colour.class, "BLUE");
    assertRefused(serializer, "the 5th of May", Instant.class, "the 5th of May");
    assertRefused(serializer, "12x", BigInteger.class, "12x");
    assertRefused(serializer, "1" + "0".repeat(1_000_000), BigDecimal.class, "1000");
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_record_that_contains_itself_is_refused(Serializer serializer) {
    List<Object> loop = new ArrayList<>();
    Anything self = new Anything(loop);
    loop.add(self);

    assertThatThrownBy(() -> serializer.encode(self, Anything.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("256");
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void half_a_surrogate_pair_in_a_record_is_refused(Serializer serializer) {
    assertThatThrownBy(() -> serializer.encode(new Text("a\ud800"), Text.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("surrogate")
        .hasMessageContaining("text");
  }

  private static void assertRefused(Serializer serializer, Object value, Type type, String reason) {
    Buffer bytes = serializer.encode(value, Object.class);
    assertThatThrownBy(() -> serializer.decode(bytes, type))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("cannot decode " + serializer.name() + " as ")
        .hasMessageContaining(reason);
  }

  /** Collections, bytes and enum constants with a body have classes of their own. */
  private static Class<?> publicClass(Object value) {
    return Stream.of(
            List.class,
            Set.class,
            Map.class,
            Buffer.class,
            ByteBuffer.class,
            ZoneId.class,
            Colour.class)
        .<Class<?>>map(type -> type)
        .filter(type -> type.isInstance(value))
        .findFirst()
        .orElse(value.getClass());
  }

  private static Order order() {
    Money price = new Money(new BigDecimal("19.90"), "EUR");
    return new Order(
        Long.MAX_VALUE,
        Instant.parse("2024-01-01T00:00:00Z"),
        Colour.GREEN,
        List.of(
            new Line("a", 1, price, Optional.of("zażółć")),
            new Line("b", -1, price, Optional.empty())),
        Map.of("prices", List.of(Optional.of(price), Optional.empty())),
        ByteBuffer.wrap(new byte[] {1, 2, 3}),
        Buffer.buffer(new byte[] {(byte) 0xc1, 0}));
  }

  private static Arguments value(Object value, Type type) {
    return Arguments.of(value, type);
  }

  private static Type type(TypeReference<?> reference) {
    return reference.getType();
  }
}
