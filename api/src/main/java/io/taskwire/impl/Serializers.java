/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.InvalidOptionException;
import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.TaskType;
import io.taskwire.spi.CoreOptions;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The serializers on the class path, by name, and the queue's own among them. Immutable. */
final class Serializers {

  private final Map<String, Serializer> byName;
  private final Serializer standard;

  /** What nearly all tasks use: one for all of them. */
  private final PayloadCodec usual;

  private final PayloadCodec raw;

  private Serializers(Map<String, Serializer> byName, Serializer standard) {
    this.byName = byName;
    this.standard = standard;
    this.usual = new PayloadCodec(this, false, standard);
    this.raw = new PayloadCodec(this, true, standard);
  }

  /**
   * Finds them.
   *
   * @param standardName the name of the queue's serializer
   * @param object the queue's serializer as an object, null if only its name is given
   */
  static Serializers load(String standardName, @Nullable Serializer object) {
    Map<String, Serializer> found = new TreeMap<>();
    addAll(found, Thread.currentThread().getContextClassLoader());
    addAll(found, Serializers.class.getClassLoader());
    if (object != null) {
      found.put(object.name(), object);
      return new Serializers(Collections.unmodifiableMap(found), object);
    }
    Serializer standard = found.get(standardName);
    if (standard == null) {
      throw new InvalidOptionException(
          CoreOptions.SERIALIZER.key(),
          "serializer=" + standardName
              + ": no serializer of that name is on the class path; there are " + found.keySet()
              + ", and io.taskwire:taskwire-serializers brings msgpack, json and raw",
          null);
    }
    return new Serializers(Collections.unmodifiableMap(found), standard);
  }

  private static void addAll(Map<String, Serializer> found, @Nullable ClassLoader loader) {
    try {
      ServiceLoader.load(Serializer.class, loader)
          .forEach(each -> found.putIfAbsent(each.name(), each));
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException(
          "a serializer on the class path cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** The queue's serializer. */
  Serializer standard() {
    return standard;
  }

  /** How the payloads of a type are made and read. */
  PayloadCodec codecOf(TaskType<?, ?> type) {
    String name = type.serializer();
    if (name != null) {
      return new PayloadCodec(this, type.isRaw(), named(name));
    }
    return type.isRaw() ? raw : usual;
  }

  /** A serializer by name. */
  Serializer named(String name) {
    Serializer serializer = byName.get(name);
    if (serializer == null) {
      throw new SerializationException(
          "no serializer named " + name + " is on the class path; there are " + byName.keySet());
    }
    return serializer;
  }
}
