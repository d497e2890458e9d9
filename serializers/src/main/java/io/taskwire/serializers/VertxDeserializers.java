/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Bytes, which are base64 text in JSON, and Vert.x's own JSON containers. */
final class VertxDeserializers {

  private VertxDeserializers() {}

  static final class OfBuffer extends StdDeserializer<Buffer> {

    private static final long serialVersionUID = 1L;

    OfBuffer() {
      super(Buffer.class);
    }

    @Override
    public Buffer deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Buffer.buffer(in.getBinaryValue());
    }
  }

  static final class OfByteBuffer extends StdDeserializer<ByteBuffer> {

    private static final long serialVersionUID = 1L;

    OfByteBuffer() {
      super(ByteBuffer.class);
    }

    @Override
    public ByteBuffer deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return ByteBuffer.wrap(in.getBinaryValue());
    }
  }

  static final class OfJsonObject extends StdDeserializer<JsonObject> {

    private static final long serialVersionUID = 1L;

    OfJsonObject() {
      super(JsonObject.class);
    }

    @Override
    public JsonObject deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      Map<String, Object> entries = in.readValueAs(new TypeReference<Map<String, Object>>() {});
      return new JsonObject(entries);
    }
  }

  static final class OfJsonArray extends StdDeserializer<JsonArray> {

    private static final long serialVersionUID = 1L;

    OfJsonArray() {
      super(JsonArray.class);
    }

    @Override
    public JsonArray deserialize(JsonParser in, DeserializationContext context) throws IOException {
      List<Object> elements = in.readValueAs(new TypeReference<List<Object>>() {});
      return new JsonArray(elements);
    }
  }
}
