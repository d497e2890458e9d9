/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Reads plain values from bytes that {@link MsgpackStructure} has passed: it trusts lengths and depth, and refuses only
 * what is of another type than asked for. Nil is null for every type.
 */
final class PlainReader {

  private static final int TIMESTAMP = -1;

  private final MessageUnpacker in;

  PlainReader(byte[] bytes) {
    in = MessagePack.newDefaultUnpacker(bytes);
  }

  /** The natural Java value of whatever comes next. */
  @Nullable
  Object any() throws IOException {
    return switch (next()) {
      case NIL, BOOLEAN -> bool();
      case INTEGER -> anyInteger();
      case FLOAT -> in.unpackDouble();
      case STRING -> string();
      case BINARY -> Buffer.buffer(payload());
      case ARRAY -> list(PlainReader::any);
      case MAP -> map(PlainReader::any, PlainReader::any);
      case EXTENSION -> timestamp();
    };
  }

  @Nullable
  Boolean bool() throws IOException {
    return nil("Boolean", ValueType.BOOLEAN) ? null : in.unpackBoolean();
  }

  @Nullable
  String text() throws IOException {
    return nil("String", ValueType.STRING) ? null : string();
  }

  @Nullable
  Long integer(String type, long min, long max) throws IOException {
    if (nil(type, ValueType.INTEGER)) {
      return null;
    }
    Number value = anyInteger();
    if (value instanceof Long integer && integer >= min && integer <= max) {
      return integer;
    }
    throw new SerializationException("the integer " + value + " is out of range for " + type);
  }

  /** A float64; a float32 and an integer that a double holds exactly will do. */
  @Nullable
  Double float64() throws IOException {
    if (next() != ValueType.INTEGER) {
      return nil("Double", ValueType.FLOAT) ? null : in.unpackDouble();
    }
    Number value = anyInteger();
    double rounded = value.doubleValue();
    if (new BigDecimal(rounded).compareTo(new BigDecimal(value.toString())) != 0) {
      throw new SerializationException("the integer " + value + " has no exact Double");
    }
    return rounded;
  }

  @Nullable
  Float float32() throws IOException {
    Double value = float64();
    if (value == null) {
      return null;
    }
    float narrow = value.floatValue();
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw new SerializationException("the number " + value + " is out of range for Float");
    }
    return narrow;
  }

  byte @Nullable [] bytes() throws IOException {
    return nil("bytes", ValueType.BINARY) ? null : payload();
  }

  @Nullable
  List<@Nullable Object> list(PlainType element) throws IOException {
    if (nil("List", ValueType.ARRAY)) {
      return null;
    }
    int size = in.unpackArrayHeader();
    List<@Nullable Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.read(this));
    }
    return list;
  }

  @Nullable
  Map<@Nullable Object, @Nullable Object> map(PlainType key, PlainType value) throws IOException {
    if (nil("Map", ValueType.MAP)) {
      return null;
    }
    int size = in.unpackMapHeader();
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object name = key(key);
      map.put(name, value.read(this));
      if (map.size() == i) {
        throw twice(name);
      }
    }
    return map;
  }

  private @Nullable Object key(PlainType type) throws IOException {
    if (next() == ValueType.MAP) {
      throw new SerializationException("a map cannot be the key of a map");
    }
    return type.read(this);
  }

  /** A Long, or a BigInteger from 2^63 up. */
  Number anyInteger() throws IOException {
    if (in.getNextFormat() != MessageFormat.UINT64) {
      return in.unpackLong();
    }
    BigInteger value = in.unpackBigInteger();
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** All text is valid here; the unpacker's own way takes a decoder and a buffer of 16 KiB for each payload. */
  private String string() throws IOException {
    return new String(in.readPayload(in.unpackRawStringHeader()), UTF_8);
  }

  private byte[] payload() throws IOException {
    return in.readPayload(in.unpackBinaryHeader());
  }

  Instant timestamp() throws IOException {
    ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
    if (header.getType() != TIMESTAMP) {
      throw new SerializationException("the msgpack extension type " + header.getType()
          + " is not known; only timestamps (-1) are");
    }
    try {
      return in.unpackTimestamp(header);
    } catch (DateTimeException | MessagePackException e) {
      throw new SerializationException("a msgpack timestamp that is none: " + e.getMessage(), e);
    }
  }

  /** The entries of a map whose keys are text. */
  @Nullable
  Map<String, @Nullable Object> textMap() throws IOException {
    if (nil("Map", ValueType.MAP)) {
      return null;
    }
    int size = in.unpackMapHeader();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String name = fieldName();
      map.put(name, any());
      if (map.size() == i) {
        throw twice(name);
      }
    }
    return map;
  }

  /** A map key as a property name: text, or an integer or boolean in its decimal form. */
  String fieldName() throws IOException {
    return switch (next()) {
      case STRING -> string();
      case INTEGER -> anyInteger().toString();
      case BOOLEAN -> Boolean.toString(in.unpackBoolean());
      default ->
        throw new SerializationException(
            "expected a property name, found a msgpack " + kind(next()));
    };
  }

  int arraySize() throws IOException {
    return in.unpackArrayHeader();
  }

  int mapSize() throws IOException {
    return in.unpackMapHeader();
  }

  static SerializationException twice(@Nullable Object key) {
    return new SerializationException("the map holds the key " + key + " twice");
  }

  ValueType next() throws IOException {
    return in.getNextFormat().getValueType();
  }

  /** Takes a nil, or makes sure that what comes is of the kind that the type needs. */
  private boolean nil(String type, ValueType wanted) throws IOException {
    ValueType found = next();
    if (found == ValueType.NIL) {
      in.unpackNil();
      return true;
    }
    if (found != wanted) {
      throw new SerializationException("expected " + type + ", found a msgpack " + kind(found));
    }
    return false;
  }

  private static String kind(ValueType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
