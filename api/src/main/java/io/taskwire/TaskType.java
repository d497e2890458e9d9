/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's name with the types of its input and its result, written down once for callers and workers. Immutable.
 *
 * @param <I> the input
 * @param <O> the result
 */
public final class TaskType<I, O> {

  private final String name;
  private final Type inputType;
  private final Type outputType;
  private final boolean raw;
  private final @Nullable String serializer;

  private TaskType(
      String name, Type inputType, Type outputType, boolean raw, @Nullable String serializer) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a task's name must not be empty");
    }
    this.name = name;
    this.inputType = Objects.requireNonNull(inputType, "inputType");
    this.outputType = Objects.requireNonNull(outputType, "outputType");
    this.raw = raw;
    this.serializer = serializer;
  }

  /**
   * Names a task with plain classes.
   *
   * @param name the task's name; brokers limit its length, and say so at submit
   * @param input the class of the input
   * @param output the class of the result
   * @param <I> the input
   * @param <O> the result
   * @return the type
   */
  public static <I, O> TaskType<I, O> of(String name, Class<I> input, Class<O> output) {
    return new TaskType<>(name, input, output, false, null);
  }

  /**
   * Names a task with generic types.
   *
   * @param name the task's name
   * @param input the type of the input
   * @param output the type of the result
   * @param <I> the input
   * @param <O> the result
   * @return the type
   */
  public static <I, O> TaskType<I, O> of(String name, TypeRef<I> input, TypeRef<O> output) {
    return new TaskType<>(name, input.type(), output.type(), false, null);
  }

  /**
   * Names a task whose generic input has a result of a plain class.
   *
   * @param name the task's name
   * @param input the type of the input
   * @param output the class of the result
   * @param <I> the input
   * @param <O> the result
   * @return the type
   */
  public static <I, O> TaskType<I, O> of(String name, TypeRef<I> input, Class<O> output) {
    return new TaskType<>(name, input.type(), output, false, null);
  }

  /**
   * Names a task whose plain input has a generic result.
   *
   * @param name the task's name
   * @param input the class of the input
   * @param output the type of the result
   * @param <I> the input
   * @param <O> the result
   * @return the type
   */
  public static <I, O> TaskType<I, O> of(String name, Class<I> input, TypeRef<O> output) {
    return new TaskType<>(name, input, output.type(), false, null);
  }

  /**
   * Names a task whose body and result are bytes that no serializer touches, nor copies: a buffer that was submitted must
   * not be changed before the task is accepted, and one that a handler has returned not at all.
   *
   * @param name the task's name
   * @return the type
   */
  public static TaskType<Buffer, Buffer> raw(String name) {
    return new TaskType<>(name, Buffer.class, Buffer.class, true, null);
  }

  /**
   * Names a task whose values are what the serializer makes of them: numbers, strings, lists, maps.
   *
   * @param name the task's name
   * @return the type
   */
  public static TaskType<Object, Object> untyped(String name) {
    return new TaskType<>(name, Object.class, Object.class, false, null);
  }

  /**
   * The same task with a serializer of its own. Where that is not the queue's, an envelope carries its name.
   *
   * @param serializerName the {@linkplain Serializer#name() name} of a serializer on the class path
   * @return a new type
   * @throws IllegalStateException if this task is raw
   */
  public TaskType<I, O> withSerializer(String serializerName) {
    if (raw) {
      throw new IllegalStateException("the raw task " + name + " has no serializer");
    }
    return new TaskType<>(name, inputType, outputType, false, serializerName);
  }

  /**
   * Gives the task's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Gives the type of the input.
   *
   * @return a class or a generic type
   */
  public Type inputType() {
    return inputType;
  }

  /**
   * Gives the type of the result.
   *
   * @return a class or a generic type
   */
  public Type outputType() {
    return outputType;
  }

  /**
   * Tells whether bodies are bytes that no serializer touches.
   *
   * @return true for {@link #raw}
   */
  public boolean isRaw() {
    return raw;
  }

  /**
   * Names the task's own serializer.
   *
   * @return the name, null for the queue's
   */
  public @Nullable String serializer() {
    return serializer;
  }

  @Override
  public String toString() {
    return raw
        ? "TaskType(" + name + ", raw)"
        : "TaskType(" + name + ", " + inputType.getTypeName() + " -> " + outputType.getTypeName()
            + ")";
  }
}
