/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.json;

import io.taskwire.SerializationException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings values to the one form in which they are also read: null, Boolean, String, Long, BigInteger beyond its range,
 * Double, BigDecimal where it was given, unmodifiable List and Map with String keys. So what was written equals what is
 * read.
 */
public final class NaturalValues {

  /** How many lists and maps may be nested; also the end of one that holds itself. */
  static final int MAX_DEPTH = 256;

  private NaturalValues() {}

  /**
   * Copies a value.
   *
   * @param where names it in errors
   * @throws SerializationException if JSON has no form for it, or for something inside
   */
  public static @Nullable Object of(@Nullable Object value, String where) {
    return of(value, where, 0);
  }

  /** Copies a map, as {@link #of(Object, String)}. */
  public static Map<String, @Nullable Object> of(Map<?, ?> map, String where) {
    return of(map, where, 0);
  }

  /** Copies a list, as {@link #of(Object, String)}. */
  public static List<@Nullable Object> of(Iterable<?> list, String where) {
    return of(list, where, 0);
  }

  private static @Nullable Object of(@Nullable Object value, String where, int depth) {
    if (value == null || value instanceof Boolean || value instanceof Double) {
      return value;
    }
    if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
      return text(value instanceof Enum<?> constant ? constant.name() : value.toString(), where);
    }
    if (value instanceof Number number) {
      return number(number, where);
    }
    if (value instanceof Map<?, ?> map) {
      return of(map, where, depth);
    }
    if (value instanceof JsonObject object) {
      return of(object.getMap(), where, depth);
    }
    if (value instanceof JsonArray array) {
      return of(array.getList(), where, depth);
    }
    if (value instanceof Object[] array) {
      return of(Arrays.asList(array), where, depth);
    }
    if (value instanceof Iterable<?> list) {
      return of(list, where, depth);
    }
    throw new SerializationException(
        where + " is a " + value.getClass().getName()
            + ", for which JSON has no form: give null, a boolean, a number, a string, a list or a map");
  }

  private static Map<String, @Nullable Object> of(Map<?, ?> map, String where, int depth) {
    checkDepth(where, depth);
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!(key instanceof CharSequence)) {
        throw new SerializationException(
            where + " has the key " + key + ", and in JSON a key is a string");
      }
      String name = text(key.toString(), where);
      copy.put(name, of(value, where + "." + name, depth + 1));
    });
    return Collections.unmodifiableMap(copy);
  }

  private static List<@Nullable Object> of(Iterable<?> list, String where, int depth) {
    checkDepth(where, depth);
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object each : list) {
      copy.add(of(each, where + "[" + copy.size() + "]", depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static Number number(Number number, String where) {
    if (number instanceof Long || number instanceof BigDecimal) {
      return number;
    }
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Float) {
      return Double.valueOf(
          number.toString()); // 0.1f is 0.1 for the peer, not its binary neighbour
    }
    if (number instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
    }
    throw new SerializationException(where + " is a " + number.getClass().getName()
        + ": give it as a Long, Double or BigDecimal");
  }

  /** Half a surrogate pair has no bytes in UTF-8. */
  private static String text(String text, String where) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new SerializationException(where + " holds half a surrogate pair");
    }
    return text;
  }

  private static void checkDepth(String where, int depth) {
    if (depth >= MAX_DEPTH) {
      throw new SerializationException("more than " + MAX_DEPTH
          + " lists and maps are nested, or one holds itself: "
          + where.substring(0, Math.min(where.length(), 100)));
    }
  }
}
