/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The deserializers of {@code java.time} hand out whatever object the tokens embed, without a look at its class: bytes,
 * or a msgpack timestamp where a LocalDate is asked for, would end up in a list of dates.
 */
final class EmbeddedTimeCheck extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
    Class<?> type = description.getBeanClass();
    return "java.time".equals(type.getPackageName())
        ? new Checked(deserializer, type)
        : deserializer;
  }

  private static final class Checked extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;
    private final Class<?> type;

    Checked(JsonDeserializer<?> deserializer, Class<?> type) {
      super(deserializer);
      this.type = type;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new Checked(deserializer, type);
    }

    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)
          && !type.isInstance(in.getEmbeddedObject())) {
        return context.handleUnexpectedToken(type, in);
      }
      return super.deserialize(in, context);
    }
  }
}
