/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON in UTF-8. Bytes are base64 text (an untyped payload leaves them text), {@code java.time} is ISO-8601 text, NaN
 * and the infinities are the texts {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, map keys are text. A number
 * has at most 1,000 digits when read.
 */
public final class JsonSerializer implements Serializer {

  /** The name of this serializer. */
  public static final String NAME = "json";

  private final ObjectMapper mapper;
  private final TypeCache<Codec> codecs = new TypeCache<>(this::codec);

  private record Codec(ObjectReader reader, ObjectWriter writer) {}

  /** Creates the serializer with {@link Limits#DEFAULT}. */
  public JsonSerializer() {
    this(Limits.DEFAULT);
  }

  /**
   * Creates the serializer.
   *
   * @param limits what it accepts at most
   */
  public JsonSerializer(Limits limits) {
    mapper = Mapping.over(format(limits));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Buffer encode(@Nullable Object value, Type type) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
      try (JsonGenerator generator =
          new WholeTextGenerator(mapper.getFactory().createGenerator(bytes))) {
        codecs.get(type).writer().writeValue(generator, value);
      }
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException | RuntimeException e) {
      throw Failures.encoding(value, NAME, e);
    }
  }

  @Override
  public @Nullable Object decode(Buffer payload, Type type) {
    try {
      return codecs.get(type).reader().readValue(payload.getBytes());
    } catch (IOException | RuntimeException e) {
      throw Failures.decoding(type, NAME, e);
    }
  }

  private Codec codec(Type type) {
    JavaType java = mapper.constructType(type);
    return new Codec(
        mapper.readerFor(java), java.isJavaLangObject() ? mapper.writer() : mapper.writerFor(java));
  }

  private static JsonFactory format(Limits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(limits.maxDepth())
            .maxTokenCount(tokens(limits))
            .maxStringLength(Integer.MAX_VALUE)
            .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(limits.maxDepth()).build())
        .build();
  }

  /** The end of a container is a token and no value; an empty container has as many ends as values. */
  private static long tokens(Limits limits) {
    return 2L * limits.maxValues();
  }
}
