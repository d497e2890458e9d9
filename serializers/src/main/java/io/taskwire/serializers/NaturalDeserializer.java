/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@code Object} is read as inside a record or class: bytes are a Buffer and integers Longs there too. */
final class NaturalDeserializer extends UntypedObjectDeserializer {

  private static final long serialVersionUID = 1L;

  NaturalDeserializer() {
    super((JavaType) null, null);
  }

  @Override
  public @Nullable Object deserialize(JsonParser in, DeserializationContext context)
      throws IOException {
    if (in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)
        && in.getEmbeddedObject() instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    if (in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      // Jackson's own option to do this refuses what a long cannot hold.
      Number number = in.getNumberValue();
      return number instanceof Integer ? (Number) number.longValue() : number;
    }
    return super.deserialize(in, context);
  }
}
