/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they are: {@code Buffer}, {@code byte[]} and {@code ByteBuffer}; an untyped payload is a {@code Buffer}.
 * Bytes are copied both ways. Null is written as no bytes, which read as an empty value. Anything else is refused.
 */
public final class RawSerializer implements Serializer {

  /** The name of this serializer. */
  public static final String NAME = "raw";

  /** Creates the serializer. */
  public RawSerializer() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Buffer encode(@Nullable Object value, Type type) {
    if (value == null) {
      return Buffer.buffer(0);
    }
    if (value instanceof Buffer buffer) {
      return buffer.copy();
    }
    if (value instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (value instanceof ByteBuffer bytes) {
      return Buffer.buffer(Bytes.remaining(bytes));
    }
    throw new SerializationException(
        "raw carries Buffer, byte[] or ByteBuffer, not " + value.getClass().getName()
            + "; encode the value first, or use the msgpack or json serializer");
  }

  @Override
  public Object decode(Buffer payload, Type type) {
    if (type == Object.class || type == Buffer.class) {
      return payload.copy();
    }
    if (type == byte[].class) {
      return payload.getBytes();
    }
    if (type == ByteBuffer.class) {
      return ByteBuffer.wrap(payload.getBytes());
    }
    throw new SerializationException("raw gives Buffer, byte[] or ByteBuffer, not "
        + type.getTypeName() + "; ask for one of these, or use the msgpack or json serializer");
  }
}
