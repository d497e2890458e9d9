/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.SerializationException;
import io.taskwire.TaskFailure;
import io.taskwire.TaskType;
import io.taskwire.serializers.JsonSerializer;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON on the streams; between the sides its value travels as the queue's serializer writes it. */
final class JsonFormat implements Format<Object> {

  private final JsonSerializer json = new JsonSerializer();

  @Override
  public TaskType<Object, Object> type(String taskName) {
    return TaskType.untyped(taskName);
  }

  @Override
  public @Nullable Object read(byte[] bytes) {
    try {
      return json.decode(Buffer.buffer(bytes), Object.class);
    } catch (SerializationException e) {
      throw new IllegalArgumentException("this is not one JSON value: " + e.getMessage(), e);
    }
  }

  /** One line. */
  @Override
  public byte[] write(@Nullable Object value) {
    byte[] line = json.encode(value, Object.class).getBytes();
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  @Override
  public Object reverse(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    if (value instanceof List<?> list) {
      List<Object> reversed = new ArrayList<>(list);
      Collections.reverse(reversed);
      return reversed;
    }
    throw new TaskFailure("WrongInput", "only a string or an array can be reversed");
  }

  @Override
  public Object upper(Object value) {
    if (value instanceof String text) {
      return text.toUpperCase(Locale.ROOT);
    }
    throw new TaskFailure("WrongInput", "only a string has capital letters");
  }
}
