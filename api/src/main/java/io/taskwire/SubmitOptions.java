/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one submit asks for beyond the task itself. Immutable: each method returns a copy. What the transport cannot do is
 * refused with an {@link UnsupportedOptionException}, never ignored.
 */
public final class SubmitOptions {

  private static final SubmitOptions DEFAULTS =
      new SubmitOptions(true, null, Priority.NORMAL, Duration.ZERO, null, null, Map.of());
  private static final SubmitOptions NO_RESPONSE =
      new SubmitOptions(false, null, Priority.NORMAL, Duration.ZERO, null, null, Map.of());

  private final boolean response;
  private final @Nullable Duration timeout;
  private final Priority priority;
  private final Duration delay;
  private final @Nullable String unique;
  private final @Nullable Duration deadline;
  private final Map<String, String> headers;

  private SubmitOptions(
      boolean response,
      @Nullable Duration timeout,
      Priority priority,
      Duration delay,
      @Nullable String unique,
      @Nullable Duration deadline,
      Map<String, String> headers) {
    this.response = response;
    this.timeout = timeout;
    this.priority = priority;
    this.delay = delay;
    this.unique = unique;
    this.deadline = deadline;
    this.headers = headers;
  }

  /**
   * Options for a task whose result is awaited.
   *
   * @return the defaults
   */
  public static SubmitOptions create() {
    return DEFAULTS;
  }

  /**
   * Options for a task whose result nobody wants: {@link TaskHandle#result()} is complete with null as soon as the broker
   * has accepted the task, and nothing is kept for it.
   *
   * @return options without response
   */
  public static SubmitOptions noResponse() {
    return NO_RESPONSE;
  }

  /**
   * Limits the wait for the result, counted from acceptance, whether or not anyone calls {@link TaskHandle#result()}.
   *
   * @param limit more than zero; by default the queue's {@code resultTimeout}, one hour
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public SubmitOptions timeout(Duration limit) {
    requirePositive("timeout", limit);
    return new SubmitOptions(response, limit, priority, delay, unique, deadline, headers);
  }

  /**
   * Says how urgent the task is.
   *
   * @param urgency the priority
   * @return a copy
   */
  public SubmitOptions priority(Priority urgency) {
    return new SubmitOptions(
        response,
        timeout,
        Objects.requireNonNull(urgency, "urgency"),
        delay,
        unique,
        deadline,
        headers);
  }

  /**
   * Keeps the task from workers for a while.
   *
   * @param wait zero for none, or more; brokers may round it up to whole seconds
   * @return a copy
   * @throws IllegalArgumentException if negative
   */
  public SubmitOptions delay(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative: " + wait);
    }
    return new SubmitOptions(response, timeout, priority, wait, unique, deadline, headers);
  }

  /**
   * Joins this submit to a waiting or running task of the same name and key, if there is one, instead of making another.
   * It does not look at tasks that are done.
   *
   * @param key the key, not empty
   * @return a copy
   * @throws IllegalArgumentException if empty
   */
  public SubmitOptions unique(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a unique key must not be empty");
    }
    return new SubmitOptions(response, timeout, priority, delay, key, deadline, headers);
  }

  /**
   * Drops the task if no worker has begun it by then; its caller gets a {@link RemoteTaskException} with the code TIMEOUT
   * or a {@link TaskTimeoutException}, whichever comes first.
   *
   * @param limit from now, more than zero
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public SubmitOptions deadline(Duration limit) {
    requirePositive("deadline", limit);
    return new SubmitOptions(response, timeout, priority, delay, unique, limit, headers);
  }

  /**
   * Sends a header along, which the handler finds in {@link TaskContext#headers()}. Where the broker has no headers the
   * body gets an envelope, which only Taskwire workers and those that know the format understand.
   *
   * @param name 1 to 200 characters
   * @param value the value, at most 8,192 characters
   * @return a copy
   * @throws IllegalArgumentException if name or value are out of range, or there are more than 64 headers
   */
  public SubmitOptions header(String name, String value) {
    if (name.isEmpty() || name.length() > 200 || value.length() > 8_192) {
      throw new IllegalArgumentException(
          "a header needs a name of 1 to 200 and a value of at most 8,192 characters: " + name);
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    if (more.size() > 64) {
      throw new IllegalArgumentException("a task has at most 64 headers");
    }
    return new SubmitOptions(
        response, timeout, priority, delay, unique, deadline, Collections.unmodifiableMap(more));
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(what + " must be more than zero: " + value);
    }
  }

  /**
   * The same for a task whose result nobody wants.
   *
   * @return a copy
   */
  public SubmitOptions withoutResponse() {
    return new SubmitOptions(false, timeout, priority, delay, unique, deadline, headers);
  }

  /**
   * Tells whether a result is awaited.
   *
   * @return false for {@link #noResponse()}
   */
  public boolean wantsResponse() {
    return response;
  }

  /**
   * Tells the limit of the wait for the result.
   *
   * @return the limit, null for the queue's
   */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /**
   * Tells how urgent the task is.
   *
   * @return the priority
   */
  public Priority priority() {
    return priority;
  }

  /**
   * Tells how long the task is kept from workers.
   *
   * @return the delay, zero for none
   */
  public Duration delay() {
    return delay;
  }

  /**
   * Tells the unique key.
   *
   * @return the key, null for none
   */
  public @Nullable String unique() {
    return unique;
  }

  /**
   * Tells by when a worker must have begun.
   *
   * @return the limit, null for none
   */
  public @Nullable Duration deadline() {
    return deadline;
  }

  /**
   * Gives the headers.
   *
   * @return name to value in the order of setting, unmodifiable
   */
  public Map<String, String> headers() {
    return headers;
  }
}
