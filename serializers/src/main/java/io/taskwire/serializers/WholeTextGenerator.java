/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/**
 * Refuses half a surrogate pair in names and text: the msgpack generator writes a question mark for it, the JSON
 * generator bytes that are not UTF-8.
 */
class WholeTextGenerator extends JsonGeneratorDelegate {

  WholeTextGenerator(JsonGenerator format) {
    // Copying through the delegate would go past the checks.
    super(format, false);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    Utf8.requireWhole(name);
    super.writeFieldName(name);
  }

  @Override
  public void writeString(String text) throws IOException {
    if (text != null) {
      Utf8.requireWhole(text);
    }
    super.writeString(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    writeString(new String(text, offset, length));
  }
}
