/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into the bytes that travel, and back.
 *
 * <p>A serializer is found by its {@linkplain #name() name} through {@link java.util.ServiceLoader}, or handed to the
 * queue as an object. It is called from many threads at once, event loops among them, and must neither block nor keep
 * state between calls. No class name may ever be read from the bytes: the type to build is the one that is asked for.
 */
public interface Serializer {

  /**
   * The name by which configuration selects this serializer, and which an envelope carries when a task does not use
   * the serializer of its queue: lower-case letters, digits and hyphens, at most 32 characters.
   *
   * @return the name, such as {@code msgpack}
   */
  String name();

  /**
   * Encodes a value.
   *
   * @param value the value; null is a value like any other
   * @param type the declared type, generics included; {@code Object.class} where nothing was declared
   * @return the bytes, owned by the caller
   * @throws SerializationException if the value cannot be encoded, says which part of it and why
   */
  Buffer encode(@Nullable Object value, Type type);

  /**
   * Decodes exactly one value that fills all the bytes.
   *
   * @param payload the bytes; they are not changed and not kept
   * @param type what to build, generics included; {@code Object.class} for the natural Java value of what is there
   * @return the value
   * @throws SerializationException if the bytes are not one complete value of that type within the serializer's limits
   *     of depth and size, or if bytes are left over
   */
  @Nullable
  Object decode(Buffer payload, Type type);
}
