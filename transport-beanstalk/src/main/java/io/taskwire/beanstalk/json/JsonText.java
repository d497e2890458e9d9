/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@linkplain NaturalValues Natural values} as JSON in UTF-8, with the two liberties of Python's {@code json} module: NaN
 * and the infinities are the words {@code NaN}, {@code Infinity}, {@code -Infinity}, and of a key that comes twice the last
 * value counts.
 */
public final class JsonText {

  // The end of a list or map is a token too; a hundred bytes of memory stand behind one byte of
  // "{".
  private static final long MAX_TOKENS = 20_000_000;

  private static final JsonFactory FORMAT = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(NaturalValues.MAX_DEPTH + 1)
          .maxTokenCount(MAX_TOKENS)
          .maxStringLength(Integer.MAX_VALUE)
          .build())
      .streamWriteConstraints(StreamWriteConstraints.builder()
          .maxNestingDepth(NaturalValues.MAX_DEPTH + 1)
          .build())
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
      // Bodies may have any keys: a table that keeps each would grow with what peers send.
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .build();

  private JsonText() {}

  /** Writes a natural value. */
  public static Buffer write(@Nullable Object natural) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator out = FORMAT.createGenerator(bytes)) {
      write(natural, out);
    } catch (IOException e) {
      throw new SerializationException("cannot be written as JSON: " + e.getMessage(), e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName((String) entry.getKey());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else {
      out.writeStartArray();
      for (Object each : (List<?>) value) {
        write(each, out);
      }
      out.writeEndArray();
    }
  }

  /**
   * Reads the one value that fills all the bytes.
   *
   * @throws SerializationException if they are not one
   */
  public static @Nullable Object read(Buffer bytes) {
    try (JsonParser in = FORMAT.createParser(bytes.getBytes())) {
      JsonToken first = in.nextToken();
      if (first == null) {
        throw new SerializationException("no JSON: there are no bytes");
      }
      Object value = read(in);
      if (in.nextToken() != null) {
        throw new SerializationException("no JSON: something follows behind the value");
      }
      return value;
    } catch (IOException e) {
      throw new SerializationException("no JSON: " + firstLine(e), e);
    }
  }

  private static @Nullable Object read(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> integer(in.getNumberValue());
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new SerializationException("no JSON: " + in.currentToken());
    };
  }

  private static Number integer(Number number) {
    return number instanceof Integer ? (Number) number.longValue() : number;
  }

  private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      map.put(key, read(in));
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<@Nullable Object> array(JsonParser in) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(in));
    }
    return Collections.unmodifiableList(list);
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
