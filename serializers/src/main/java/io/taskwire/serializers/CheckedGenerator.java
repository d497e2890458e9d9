/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import io.taskwire.SerializationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Makes jackson-dataformat-msgpack write what {@link PlainWriter} would: it sets no bound to depth, forgets the offset of bytes, packs float32, and refuses most BigDecimals.
 */
final class CheckedGenerator extends WholeTextGenerator {

  private final int maxDepth;
  private int depth;

  CheckedGenerator(JsonGenerator msgpack, int maxDepth) {
    super(msgpack);
    this.maxDepth = maxDepth;
  }

  @Override
  public void writeStartArray() throws IOException {
    enter();
    super.writeStartArray();
  }

  @Override
  public void writeStartArray(Object value) throws IOException {
    enter();
    super.writeStartArray(value);
  }

  @Override
  public void writeStartArray(Object value, int size) throws IOException {
    enter();
    super.writeStartArray(value, size);
  }

  @Override
  public void writeEndArray() throws IOException {
    depth--;
    super.writeEndArray();
  }

  @Override
  public void writeStartObject() throws IOException {
    enter();
    super.writeStartObject();
  }

  @Override
  public void writeStartObject(Object value) throws IOException {
    enter();
    super.writeStartObject(value);
  }

  @Override
  public void writeStartObject(Object value, int size) throws IOException {
    enter();
    super.writeStartObject(value, size);
  }

  @Override
  public void writeEndObject() throws IOException {
    depth--;
    super.writeEndObject();
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length)
      throws IOException {
    super.writeBinary(variant, Arrays.copyOfRange(data, offset, offset + length), 0, length);
  }

  @Override
  public void writeNumber(float value) throws IOException {
    super.writeNumber((double) value);
  }

  @Override
  public void writeNumber(BigInteger value) throws IOException {
    if (PlainTypes.fitsMsgpack(value)) {
      super.writeNumber(value);
    } else {
      super.writeString(value.toString());
    }
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    super.writeString(value.toString());
  }

  private void enter() {
    if (++depth > maxDepth) {
      throw new SerializationException(
          "nested deeper than the " + maxDepth + " levels allowed; does the value contain itself?");
    }
  }
}
