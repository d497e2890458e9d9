/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever can send bytes must not choose which class is loaded. */
class NoClassNamesTest {

  static final List<Serializer> SERIALIZERS =
      List.of(new MsgpackSerializer(), new JsonSerializer());

  /** Notices being loaded and initialised. */
  static class Gadget {
    static {
      System.setProperty("io.taskwire.serializers.gadget", "loaded");
    }
  }

  record Holder(Object value) {}

  record OfClass(Class<?> type) {}

  record OfJavaType(JavaType type) {}

  record ByClass(Map<Class<?>, String> names) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Named {}

  record NamedByClass(int number) implements Named {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  private static final String GADGET = "io.taskwire.serializers.NoClassNamesTest$Gadget";

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_class_property_stays_data(Serializer serializer) {
    Map<String, Object> data = Map.of("@class", GADGET, "@type", GADGET);
    Buffer bytes = serializer.encode(data, Object.class);
    Buffer nested = serializer.encode(Map.of("value", data), Object.class);

    assertThat(serializer.decode(bytes, Object.class)).isEqualTo(data);
    assertThat(serializer.decode(nested, Holder.class)).isEqualTo(new Holder(data));
    assertNotLoaded();
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void an_array_of_class_name_and_value_stays_data(Serializer serializer) {
    List<Object> data = List.of(GADGET, Map.of());

    assertThat(
            serializer.decode(serializer.encode(Map.of("value", data), Object.class), Holder.class))
        .isEqualTo(new Holder(data));
    assertNotLoaded();
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_component_that_would_be_loaded_by_name_is_refused(Serializer serializer) {
    for (Class<?> type : List.of(OfClass.class, OfJavaType.class)) {
      Buffer bytes = serializer.encode(Map.of("type", GADGET), Object.class);
      assertThatThrownBy(() -> serializer.decode(bytes, type))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("never loaded by a name");
    }
    Buffer keys = serializer.encode(Map.of("names", Map.of(GADGET, "x")), Object.class);
    assertThatThrownBy(() -> serializer.decode(keys, ByClass.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("never loaded by a name");
    assertNotLoaded();
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_type_annotated_to_carry_its_class_name_is_refused(Serializer serializer) {
    Buffer bytes = serializer.encode(
        Map.of("@class", "io.taskwire.serializers.NoClassNamesTest$NamedByClass", "number", 1),
        Object.class);

    assertThatThrownBy(() -> serializer.decode(bytes, Named.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("PolymorphicTypeValidator");
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void a_type_annotated_with_names_of_its_own_works(Serializer serializer) {
    assertThat(serializer.decode(serializer.encode(new Circle(2), Shape.class), Shape.class))
        .isEqualTo(new Circle(2));
    assertThat(serializer.decode(serializer.encode(new Circle(2), Object.class), Object.class))
        .isEqualTo(Map.of("kind", "circle", "radius", 2.0));
  }

  private static void assertNotLoaded() {
    assertThat(System.getProperty("io.taskwire.serializers.gadget")).isNull();
  }
}
