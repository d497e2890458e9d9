/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Packs plain values without Jackson: null, booleans, numbers, text, bytes, and collections, arrays and maps of these.
 * Integers take their smallest form, unsigned from zero up; every float is a float64, as in Python.
 */
final class PlainWriter {

  private final PackedBytes out = new PackedBytes();
  private final MessagePacker packer = MessagePack.newDefaultPacker(out);
  private final int maxDepth;
  private int depth;

  private PlainWriter(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /**
   * Encodes a value if it is plain all through.
   *
   * @return null if something in it is not
   */
  static @Nullable Buffer encode(@Nullable Object value, int maxDepth) throws IOException {
    PlainWriter writer = new PlainWriter(maxDepth);
    if (!writer.write(value)) {
      return null;
    }
    writer.packer.flush();
    return writer.out.toBuffer();
  }

  private boolean write(@Nullable Object value) throws IOException {
    if (value == null) {
      packer.packNil();
    } else if (value instanceof String text) {
      byte[] utf8 = Utf8.encode(text);
      packer.packRawStringHeader(utf8.length).writePayload(utf8);
    } else if (value instanceof Number number) {
      return writeNumber(number);
    } else if (value instanceof Boolean flag) {
      packer.packBoolean(flag);
    } else if (value instanceof Map<?, ?> map) {
      return writeMap(map);
    } else if (value instanceof Collection<?> collection) {
      return writeCollection(collection);
    } else if (value instanceof Object[] array) {
      return writeCollection(Arrays.asList(array));
    } else if (value instanceof JsonObject object) {
      return writeMap(object.getMap());
    } else if (value instanceof JsonArray array) {
      return writeCollection(array.getList());
    } else {
      return writeBytes(value);
    }
    return true;
  }

  private boolean writeNumber(Number number) throws IOException {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      packer.packLong(number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      packer.packDouble(number.doubleValue());
    } else if (number instanceof BigInteger integer) {
      if (!PlainTypes.fitsMsgpack(integer)) {
        throw new SerializationException(
            "the integer " + integer + " is outside of what msgpack holds, -2^63 to 2^64-1;"
                + " declare the type BigInteger, which travels as text beyond that");
      }
      packer.packBigInteger(integer);
    } else {
      return false;
    }
    return true;
  }

  private boolean writeBytes(Object value) throws IOException {
    byte[] bytes;
    if (value instanceof byte[] array) {
      bytes = array;
    } else if (value instanceof Buffer buffer) {
      bytes = buffer.getBytes();
    } else if (value instanceof ByteBuffer buffer) {
      bytes = Bytes.remaining(buffer);
    } else {
      return false;
    }
    packer.packBinaryHeader(bytes.length).writePayload(bytes);
    return true;
  }

  private boolean writeCollection(Collection<?> values) throws IOException {
    enter();
    int left = values.size();
    packer.packArrayHeader(left);
    for (Object value : values) {
      left--;
      if (!write(value)) {
        return false;
      }
    }
    leave(left);
    return true;
  }

  private boolean writeMap(Map<?, ?> map) throws IOException {
    enter();
    int left = map.size();
    packer.packMapHeader(left);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      left--;
      if (entry.getKey() instanceof Map) {
        throw new SerializationException("a map cannot be the key of a map");
      }
      if (!write(entry.getKey()) || !write(entry.getValue())) {
        return false;
      }
    }
    leave(left);
    return true;
  }

  private void enter() {
    if (++depth > maxDepth) {
      throw new SerializationException(
          "nested deeper than the " + maxDepth + " levels allowed; does the value contain itself?");
    }
  }

  private void leave(int left) {
    depth--;
    // The count is on the wire already: one that is wrong would shift everything behind it.
    if (left != 0) {
      throw new SerializationException("a collection or map changed while it was encoded");
    }
  }
}
