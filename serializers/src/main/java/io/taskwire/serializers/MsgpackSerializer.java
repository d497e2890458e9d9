/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
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
import org.msgpack.jackson.dataformat.MessagePackFactory;

/**
 * msgpack, the default serializer. The bytes of plain values are those of aioqueue and of Python's msgpack with
 * {@code use_bin_type}: the smallest integer form, float64, bytes as bin, maps in their own order.
 *
 * <ul>
 *   <li>An untyped payload is null, Boolean, Long (BigInteger from 2^63 up), Double, String, Buffer, ArrayList,
 *       LinkedHashMap, or Instant for a msgpack timestamp. Other extension types are refused.
 *   <li>{@code java.time} is written as ISO-8601 text, never as a timestamp, which aioqueue cannot read; a timestamp is
 *       read as an Instant.
 *   <li>BigDecimal is written as its digits; so is a BigInteger outside of -2^63 to 2^64-1, where its type is declared
 *       (in an untyped value it is refused, as by aioqueue). Both are read from digits and from numbers.
 *   <li>Integer keys of maps stay integers.
 *   <li>{@code JsonObject} and {@code JsonArray} are a map and a list.
 * </ul>
 */
public final class MsgpackSerializer implements Serializer {

  /** The name of this serializer. */
  public static final String NAME = "msgpack";

  private final Limits limits;
  private final ObjectMapper mapper = Mapping.over(format());
  private final TypeCache<Codec> codecs = new TypeCache<>(this::codec);

  /** How a type is read and written: plain, or by Jackson. */
  private record Codec(@Nullable PlainType plain, ObjectReader reader, ObjectWriter writer) {}

  /** Creates the serializer with {@link Limits#DEFAULT}. */
  public MsgpackSerializer() {
    this(Limits.DEFAULT);
  }

  /**
   * Creates the serializer.
   *
   * @param limits what it accepts at most
   */
  public MsgpackSerializer(Limits limits) {
    this.limits = limits;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Buffer encode(@Nullable Object value, Type type) {
    try {
      Codec codec = codecs.get(type);
      if (codec.plain() == null) {
        return encodeByJackson(value, codec.writer());
      }
      Buffer lone = LoneValue.encode(value);
      if (lone != null) {
        return lone;
      }
      Buffer plain = PlainWriter.encode(value, limits.maxDepth());
      return plain != null ? plain : encodeByJackson(value, codec.writer());
    } catch (IOException | RuntimeException e) {
      throw Failures.encoding(value, NAME, e);
    }
  }

  @Override
  public @Nullable Object decode(Buffer payload, Type type) {
    Object lone = type == byte[].class
        ? LoneValue.bytes(payload)
        : type == String.class ? LoneValue.text(payload) : null;
    if (lone != null) {
      return lone;
    }
    byte[] bytes = payload.getBytes();
    try {
      MsgpackStructure.check(bytes, limits);
      Codec codec = codecs.get(type);
      if (codec.plain() != null) {
        return codec.plain().read(new PlainReader(bytes));
      }
      try (JsonParser tokens = MsgpackTokens.read(bytes, mapper).asParser()) {
        return codec.reader().readValue(tokens);
      }
    } catch (IOException | RuntimeException e) {
      throw Failures.decoding(type, NAME, e);
    }
  }

  private Buffer encodeByJackson(@Nullable Object value, ObjectWriter writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator generator =
        new CheckedGenerator(mapper.getFactory().createGenerator(bytes), limits.maxDepth())) {
      writer.writeValue(generator, value);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private Codec codec(Type type) {
    JavaType java = mapper.constructType(type);
    ObjectWriter writer = java.isJavaLangObject() ? mapper.writer() : mapper.writerFor(java);
    return new Codec(PlainTypes.of(type), mapper.readerFor(java), writer);
  }

  private static MessagePackFactory format() {
    // What it would keep for reuse hangs on the thread: the last payload would stay, and a value
    // encoded inside the
    // encoding of another would end up in it.
    return new MessagePackFactory()
        .setSupportIntegerKeys(true)
        .setReuseResourceInGenerator(false)
        .setReuseResourceInParser(false);
  }
}
