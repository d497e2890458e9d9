/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands msgpack to Jackson as tokens. The parser of jackson-dataformat-msgpack is not used: on JDK 17 it reads text of
 * up to 64 bytes in the platform's charset, and it cuts a long down to an int without a word.
 */
final class MsgpackTokens {

  private final PlainReader in;
  private final TokenBuffer out;

  private MsgpackTokens(PlainReader in, TokenBuffer out) {
    this.in = in;
    this.out = out;
  }

  /** The tokens of bytes that {@link MsgpackStructure} has passed. */
  static TokenBuffer read(byte[] bytes, ObjectCodec codec) throws IOException {
    TokenBuffer tokens = new TokenBuffer(codec, false);
    new MsgpackTokens(new PlainReader(bytes), tokens).value();
    return tokens;
  }

  private void value() throws IOException {
    switch (in.next()) {
      case ARRAY -> array();
      case MAP -> object();
      case INTEGER -> integer(in.anyInteger());
      case BINARY -> out.writeEmbeddedObject(in.bytes());
      case EXTENSION -> out.writeEmbeddedObject(in.timestamp());
      case STRING -> out.writeString(in.text());
      case FLOAT, BOOLEAN, NIL -> scalar(in.any());
    }
  }

  private void scalar(@Nullable Object value) throws IOException {
    if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else {
      out.writeNull();
    }
  }

  private void integer(Number value) throws IOException {
    if (value instanceof BigInteger big) {
      out.writeNumber(big);
    } else if (value.intValue() == value.longValue()) {
      out.writeNumber(value.intValue());
    } else {
      out.writeNumber(value.longValue());
    }
  }

  private void array() throws IOException {
    out.writeStartArray();
    for (int left = in.arraySize(); left > 0; left--) {
      value();
    }
    out.writeEndArray();
  }

  private void object() throws IOException {
    out.writeStartObject();
    int size = in.mapSize();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < size; i++) {
      String name = in.fieldName();
      if (!names.add(name)) {
        throw PlainReader.twice(name);
      }
      out.writeFieldName(name);
      value();
    }
    out.writeEndObject();
  }
}
