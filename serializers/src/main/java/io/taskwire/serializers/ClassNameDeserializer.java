/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Refuses types that Jackson would load by the name it finds in the bytes. */
final class ClassNameDeserializer<T> extends StdDeserializer<T> {

  private static final long serialVersionUID = 1L;
  private static final String REFUSAL =
      "a class is never loaded by a name from the wire; send a name of your own as text";

  ClassNameDeserializer(Class<T> type) {
    super(type);
  }

  @Override
  public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
    return context.reportInputMismatch(this, REFUSAL);
  }

  static final class Key extends KeyDeserializer {

    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      return context.reportInputMismatch(Class.class, REFUSAL);
    }
  }
}
