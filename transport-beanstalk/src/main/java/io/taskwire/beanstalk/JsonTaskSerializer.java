/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.beanstalk.json.JsonText;
import io.taskwire.beanstalk.json.NaturalValues;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Lets a queue speak with programs on aio-beanstalk, in both roles: a queue opened with {@code serializer=json-task} sends
 * {@link JsonTask}s that their workers understand, and handles those that their callers put. The name of the task is the
 * tube there; the name of what is called is in the JSON task.
 *
 * <pre>{@code
 * TaskType<JsonTask, Void> mail = TaskType.of("mail", JsonTask.class, Void.class);
 * queue.on(mail, task -> switch (task.name()) { ... });
 * queue.send(mail, JsonTask.of("greet", "Ann").with("language", "de"));
 * }</pre>
 *
 * <p>Their workers answer nothing and know no envelope, so send without waiting for a result, and set {@code
 * envelope=never} to be told when something asked for would need one. Between queues that both have this serializer
 * results travel as plain JSON, as the values that {@link JsonTask} names.
 */
public final class JsonTaskSerializer implements Serializer {

  /** The name of this serializer. */
  public static final String NAME = "json-task";

  /** Creates the serializer. */
  public JsonTaskSerializer() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Buffer encode(@Nullable Object value, Type type) {
    return value instanceof JsonTask task
        ? task.toBuffer()
        : JsonText.write(NaturalValues.of(value, "the value"));
  }

  /** As {@link Serializer#decode} says; for {@code Object} a {@link JsonTask} is what it is as plain JSON, a list. */
  @Override
  public @Nullable Object decode(Buffer payload, Type type) {
    if (type == JsonTask.class) {
      return JsonTask.read(payload);
    }
    Object value = JsonText.read(payload);
    if (value == null || (type instanceof Class<?> wanted && wanted.isInstance(value))) {
      return value;
    }
    throw new SerializationException("cannot decode a " + value.getClass().getSimpleName() + " as "
        + type.getTypeName() + ": " + NAME
        + " builds JsonTask, Object, Boolean, String, Long, Double, List and Map");
  }
}
