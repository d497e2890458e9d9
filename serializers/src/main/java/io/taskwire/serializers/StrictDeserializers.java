/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Text is only read from text; big numbers are read from a number or from their digits. */
final class StrictDeserializers {

  private StrictDeserializers() {}

  static final class Text extends StdDeserializer<String> {

    private static final long serialVersionUID = 1L;

    Text() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return in.hasToken(JsonToken.VALUE_STRING)
          ? in.getText()
          : (String) context.handleUnexpectedToken(String.class, in);
    }
  }

  static final class WholeNumber extends StdDeserializer<BigInteger> {

    private static final long serialVersionUID = 1L;

    WholeNumber() {
      super(BigInteger.class);
    }

    @Override
    public @Nullable BigInteger deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return in.getBigIntegerValue();
      }
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return (BigInteger) context.handleUnexpectedToken(BigInteger.class, in);
      }
      String digits = in.getText();
      in.streamReadConstraints().validateIntegerLength(digits.length());
      try {
        return new BigInteger(digits);
      } catch (NumberFormatException e) {
        return (BigInteger)
            context.handleWeirdStringValue(BigInteger.class, digits, "not a whole number");
      }
    }
  }

  static final class DecimalNumber extends StdDeserializer<BigDecimal> {

    private static final long serialVersionUID = 1L;

    DecimalNumber() {
      super(BigDecimal.class);
    }

    @Override
    public @Nullable BigDecimal deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.hasToken(JsonToken.VALUE_NUMBER_INT) || in.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
        return in.getDecimalValue();
      }
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, in);
      }
      String digits = in.getText();
      in.streamReadConstraints().validateFPLength(digits.length());
      try {
        return new BigDecimal(digits);
      } catch (NumberFormatException e) {
        return (BigDecimal)
            context.handleWeirdStringValue(BigDecimal.class, digits, "not a decimal number");
      }
    }
  }
}
