/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.Serializer;
import io.taskwire.gearman.GearmanException;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Turns objects into payloads and back. */
final class Payloads {

  private final @Nullable Serializer serializer;

  Payloads(@Nullable Serializer serializer) {
    this.serializer = serializer;
  }

  /**
   * Encodes what is not bytes already.
   *
   * @throws RuntimeException if it cannot be
   */
  Buffer encode(@Nullable Object value, Type type) {
    if (value instanceof Buffer bytes && type == Buffer.class) {
      return bytes;
    }
    if (serializer == null) {
      throw new GearmanException(
          "an object needs a serializer to become a payload: set GearmanOptions.serializer", null);
    }
    return serializer.encode(value, type);
  }

  @Nullable
  Object decode(Buffer bytes, Type type) {
    if (type == Buffer.class) {
      return bytes;
    }
    if (serializer == null) {
      if (type == String.class) {
        return bytes.toString();
      }
      throw new GearmanException(
          "a payload needs a serializer to become " + type.getTypeName()
              + ": set GearmanOptions.serializer, or take Buffer or String",
          null);
    }
    try {
      return serializer.decode(bytes, type);
    } catch (RuntimeException e) {
      throw new GearmanException(
          "a payload cannot be decoded as " + type.getTypeName() + ": " + e.getMessage(), e);
    }
  }
}
