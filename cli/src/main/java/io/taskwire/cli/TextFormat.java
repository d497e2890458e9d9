/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.TaskType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text, a string for the serializer. A newline at the end is part of it. */
final class TextFormat implements Format<String> {

  @Override
  public TaskType<String, String> type(String taskName) {
    return TaskType.of(taskName, String.class, String.class);
  }

  @Override
  public String read(byte[] bytes) {
    try {
      // Unlike the constructor of String, it does not replace what is wrong.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("this is not UTF-8; use --raw for bytes", e);
    }
  }

  @Override
  public byte[] write(@Nullable String value) {
    return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String reverse(String value) {
    return new StringBuilder(value).reverse().toString();
  }

  @Override
  public String upper(String value) {
    return value.toUpperCase(Locale.ROOT);
  }
}
