/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that need no Jackson: scalars, bytes, and lists and maps of these, however deep. */
final class PlainTypes {

  private static final PlainType ANY = PlainReader::any;

  private static final Map<Class<?>, PlainType> CLASSES = Map.ofEntries(
      Map.entry(Object.class, ANY),
      Map.entry(String.class, PlainReader::text),
      Map.entry(Boolean.class, PlainReader::bool),
      Map.entry(
          Byte.class,
          in -> map(in.integer("Byte", Byte.MIN_VALUE, Byte.MAX_VALUE), Long::byteValue)),
      Map.entry(
          Short.class,
          in -> map(in.integer("Short", Short.MIN_VALUE, Short.MAX_VALUE), Long::shortValue)),
      Map.entry(
          Integer.class,
          in -> map(in.integer("Integer", Integer.MIN_VALUE, Integer.MAX_VALUE), Long::intValue)),
      Map.entry(Long.class, in -> in.integer("Long", Long.MIN_VALUE, Long.MAX_VALUE)),
      Map.entry(Double.class, PlainReader::float64),
      Map.entry(Float.class, PlainReader::float32),
      Map.entry(byte[].class, PlainReader::bytes),
      Map.entry(Buffer.class, in -> map(in.bytes(), Buffer::buffer)),
      Map.entry(ByteBuffer.class, in -> map(in.bytes(), ByteBuffer::wrap)),
      Map.entry(List.class, in -> in.list(ANY)),
      Map.entry(Collection.class, in -> in.list(ANY)),
      Map.entry(Map.class, in -> in.map(ANY, ANY)),
      Map.entry(JsonArray.class, in -> map(in.list(ANY), JsonArray::new)),
      Map.entry(JsonObject.class, in -> map(in.textMap(), JsonObject::new)));

  private PlainTypes() {}

  /** How to read this type, or null if it takes Jackson. */
  static @Nullable PlainType of(Type type) {
    if (type instanceof Class<?> raw) {
      return CLASSES.get(raw);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic.getRawType(), generic.getActualTypeArguments());
    }
    return null;
  }

  private static @Nullable PlainType ofGeneric(Type raw, Type[] arguments) {
    if (raw == List.class || raw == Collection.class) {
      PlainType element = of(arguments[0]);
      return element == null ? null : in -> in.list(element);
    }
    if (raw == Map.class) {
      PlainType key = of(arguments[0]);
      PlainType value = of(arguments[1]);
      return key == null || value == null ? null : in -> in.map(key, value);
    }
    return null;
  }

  private static <A, B> @Nullable B map(@Nullable A value, Function<A, B> conversion) {
    return value == null ? null : conversion.apply(value);
  }

  /** Whether msgpack has an integer for it: from -2^63 to 2^64-1. */
  static boolean fitsMsgpack(BigInteger integer) {
    return integer.bitLength() < Long.SIZE
        || (integer.bitLength() == Long.SIZE && integer.signum() > 0);
  }
}
