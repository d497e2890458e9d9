/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found out about a type, kept for the next time. Threads meet in its concurrent map. Programs use few types;
 * one that makes them up without end starts the cache over instead of filling memory.
 */
final class TypeCache<T> {

  private static final int MAX_TYPES = 1_000;

  private final Map<Type, T> entries = new ConcurrentHashMap<>();
  private final Function<Type, T> maker;

  TypeCache(Function<Type, T> maker) {
    this.maker = maker;
  }

  T get(Type type) {
    T known = entries.get(type);
    if (known != null) {
      return known;
    }
    T made = maker.apply(type);
    if (entries.size() >= MAX_TYPES) {
      entries.clear();
    }
    entries.put(type, made);
    return made;
  }

  int size() {
    return entries.size();
  }
}
