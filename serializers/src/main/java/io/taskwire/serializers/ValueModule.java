/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The types that Jackson does not know, or maps in a way that loses or hides something. */
final class ValueModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  ValueModule() {
    super("taskwire");
    addSerializer(
        Buffer.class,
        serializer(Buffer.class, (buffer, out) -> out.writeBinary(buffer.getBytes())));
    addSerializer(
        ByteBuffer.class,
        serializer(ByteBuffer.class, (buffer, out) -> out.writeBinary(Bytes.remaining(buffer))));
    addSerializer(
        JsonObject.class,
        serializer(JsonObject.class, (object, out) -> out.writePOJO(object.getMap())));
    addSerializer(
        JsonArray.class,
        serializer(JsonArray.class, (array, out) -> out.writePOJO(array.getList())));
    addKeySerializer(Integer.class, serializer(Integer.class, (key, out) -> out.writeFieldId(key)));
    addKeySerializer(Long.class, serializer(Long.class, (key, out) -> out.writeFieldId(key)));

    addDeserializer(Object.class, new NaturalDeserializer());
    addDeserializer(String.class, new StrictDeserializers.Text());
    addDeserializer(BigInteger.class, new StrictDeserializers.WholeNumber());
    addDeserializer(BigDecimal.class, new StrictDeserializers.DecimalNumber());
    addDeserializer(Buffer.class, new VertxDeserializers.OfBuffer());
    addDeserializer(ByteBuffer.class, new VertxDeserializers.OfByteBuffer());
    addDeserializer(JsonObject.class, new VertxDeserializers.OfJsonObject());
    addDeserializer(JsonArray.class, new VertxDeserializers.OfJsonArray());
    addDeserializer(Class.class, new ClassNameDeserializer<>(Class.class));
    addDeserializer(JavaType.class, new ClassNameDeserializer<>(JavaType.class));
    addKeyDeserializer(Class.class, new ClassNameDeserializer.Key());
    setDeserializerModifier(new EmbeddedTimeCheck());
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  private static <T> JsonSerializer<T> serializer(Class<T> type, Writing<T> writing) {
    return new StdSerializer<>(type) {
      private static final long serialVersionUID = 1L;

      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        writing.write(value, out);
      }
    };
  }
}
