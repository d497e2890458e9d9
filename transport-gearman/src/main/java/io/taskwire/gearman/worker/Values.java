/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Turns what users hand over into bytes, and back. */
final class Values {

  private final @Nullable Serializer serializer;

  Values(@Nullable Serializer serializer) {
    this.serializer = serializer;
  }

  Buffer encode(@Nullable Object value) {
    if (value instanceof Buffer bytes) {
      return bytes;
    }
    if (value instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (value == null) {
      return Buffer.buffer(0);
    }
    if (serializer != null) {
      return serializer.encode(value, value.getClass());
    }
    if (value instanceof CharSequence text) {
      return Buffer.buffer(text.toString());
    }
    throw new SerializationException("a " + value.getClass().getName()
        + " cannot be sent without a serializer: set one in GearmanOptions, or send bytes or text");
  }

  Object decode(Buffer payload, Type type) {
    if (type == Buffer.class) {
      return payload;
    }
    if (serializer == null) {
      if (type == String.class) {
        return payload.toString();
      }
      throw new SerializationException("a payload cannot be read as " + type.getTypeName()
          + " without a serializer: set one in GearmanOptions, or read payload() or text()");
    }
    Object value = serializer.decode(payload, type);
    if (value == null) {
      throw new SerializationException(
          "the payload holds no value, where a " + type.getTypeName() + " was expected");
    }
    return value;
  }
}
