/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.SerializationException;
import io.taskwire.beanstalk.json.JsonText;
import io.taskwire.beanstalk.json.NaturalValues;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call as aio-beanstalk puts it into a job: the JSON list {@code [name, {kwargs}, args…]} in UTF-8. One tube carries
 * calls of many names.
 *
 * <p>Values are brought to one form when the task is made, so that what was sent equals what is received: null, {@link
 * Boolean}, {@link String}, {@link Long} ({@link java.math.BigInteger} beyond its range), {@link Double}, unmodifiable
 * {@link List}s and {@link Map}s. Lists and maps of Vert.x ({@code JsonArray}, {@code JsonObject}), arrays, enums and the
 * smaller number types are taken too. As in Python's {@code json} module NaN and the infinities travel as the words {@code
 * NaN}, {@code Infinity} and {@code -Infinity}.
 *
 * @param name what is called
 * @param kwargs the named arguments, unmodifiable
 * @param args the arguments in order, unmodifiable
 */
public record JsonTask(
    String name, Map<String, @Nullable Object> kwargs, List<@Nullable Object> args) {

  /** How aio-beanstalk's callers put tasks unless told otherwise: priority 2,147,483,648, no delay, 120 s to run. */
  public static final PutOptions PUT_OPTIONS =
      new PutOptions(1L << 31, Duration.ZERO, Duration.ofMinutes(2));

  /**
   * Takes copies of the arguments.
   *
   * @param name what is called
   * @param kwargs the named arguments
   * @param args the arguments in order
   * @throws SerializationException if JSON has no form for something; says where it is
   */
  public JsonTask {
    NaturalValues.of((Object) name, "the name");
    kwargs = NaturalValues.of(kwargs, "kwargs");
    args = NaturalValues.of(args, "args");
  }

  /**
   * Calls with arguments in order.
   *
   * @param name what is called
   * @param args the arguments
   * @return the task, without named arguments
   * @throws SerializationException if JSON has no form for one
   */
  public static JsonTask of(String name, @Nullable Object... args) {
    return new JsonTask(name, Map.of(), Arrays.asList(args));
  }

  /**
   * Adds a named argument.
   *
   * @param key its name
   * @param value its value
   * @return a new task
   * @throws SerializationException if JSON has no form for it
   */
  public JsonTask with(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(kwargs);
    more.put(key, value);
    return new JsonTask(name, more, args);
  }

  /**
   * Reads the body of a job.
   *
   * @param body {@code [name, {kwargs}, args…]}
   * @return the task
   * @throws SerializationException if it is nothing of the kind
   */
  public static JsonTask read(Buffer body) {
    if (JsonText.read(body) instanceof List<?> list
        && list.size() >= 2
        && list.get(0) instanceof String name
        && list.get(1) instanceof Map<?, ?> kwargs) {
      return new JsonTask(
          name,
          NaturalValues.of(kwargs, "kwargs"),
          NaturalValues.of(list.subList(2, list.size()), "args"));
    }
    throw new SerializationException(
        "no JSON task: it is a list of a name, an object of named arguments, and the other arguments");
  }

  /**
   * Writes the body of a job.
   *
   * @return {@code [name, {kwargs}, args…]}, owned by the caller
   */
  public Buffer toBuffer() {
    List<@Nullable Object> list = new ArrayList<>(args.size() + 2);
    list.add(name);
    list.add(kwargs);
    list.addAll(args);
    return JsonText.write(list);
  }

  /** The call as one writes it, for logs: {@code name(1, two, key=3)}, named arguments in the order of their names. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>();
    args.forEach(each -> all.add(String.valueOf(each)));
    new TreeMap<>(kwargs).forEach((key, value) -> all.add(key + "=" + value));
    return name + "(" + String.join(", ", all) + ")";
  }
}
