/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.Priority;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job to submit. Immutable: each method gives a changed copy, so a request can be a template, and be submitted again.
 *
 * <p>A foreground job, the default, belongs to its client: its progress, data and end are told, and the server drops it
 * when the client's connection ends. A background job belongs to the server: nothing is told of it once it is queued.
 *
 * <p><b>Unique keys.</b> As long as a job is queued or running, a submit of the same function and key on the same server
 * joins it instead of making another, and all who joined hear of it. It is no guard against running twice one after the
 * other. Never give foreground and background jobs the same key: a background submit that joins a foreground job is stored
 * nowhere and is gone when that job's client leaves, and a foreground client that leaves takes the background job it
 * joined out of the server's memory. Keys cost the server time: leave them out where nothing shall be joined.
 */
public final class JobRequest {

  /** How long a unique key may be, in bytes of UTF-8. Servers take 64 too, and then corrupt the payload. */
  public static final int MAX_UNIQUE_BYTES = 63;

  private final String function;
  private final @Nullable Object payload;
  private final Type type;
  private Priority priority = Priority.NORMAL;
  private boolean background;
  private String unique = "";
  private boolean uniqueByPayload;
  private boolean uniqueGenerated;
  private @Nullable Instant at;
  private @Nullable String reducer;
  private int maxRetries;
  private @Nullable Duration timeout;

  private JobRequest(String function, @Nullable Object payload, Type type) {
    this.function = Objects.requireNonNull(function, "function");
    this.payload = payload;
    this.type = type;
  }

  /** A copy with a change; nothing is changed once it was handed out. */
  private JobRequest with(Consumer<JobRequest> change) {
    JobRequest copy = new JobRequest(function, payload, type);
    copy.priority = priority;
    copy.background = background;
    copy.unique = unique;
    copy.uniqueByPayload = uniqueByPayload;
    copy.uniqueGenerated = uniqueGenerated;
    copy.at = at;
    copy.reducer = reducer;
    copy.maxRetries = maxRetries;
    copy.timeout = timeout;
    change.accept(copy);
    return copy;
  }

  /**
   * A foreground job of normal priority.
   *
   * @param function the function's name, without the client's namespace
   * @param payload the workload as it is; not to be changed before the job is accepted
   * @return the request
   */
  public static JobRequest of(String function, Buffer payload) {
    return new JobRequest(function, Objects.requireNonNull(payload, "payload"), Buffer.class);
  }

  /**
   * A foreground job of normal priority.
   *
   * @param function the function's name, without the client's namespace
   * @param text the workload, sent as UTF-8
   * @return the request
   */
  public static JobRequest of(String function, String text) {
    return of(function, Buffer.buffer(text));
  }

  /**
   * A foreground job of normal priority whose workload is made by the client's {@link GearmanOptions#serializer}.
   *
   * @param function the function's name, without the client's namespace
   * @param value the workload
   * @param type its declared type, {@code Object.class} if there is none
   * @return the request
   */
  public static JobRequest ofValue(String function, @Nullable Object value, Type type) {
    return new JobRequest(function, value, Objects.requireNonNull(type, "type"));
  }

  /**
   * Sets the place among the waiting jobs of the function.
   *
   * @param level by default normal; reduce and delayed jobs have no other
   * @return the changed request
   */
  public JobRequest priority(Priority level) {
    return with(copy -> copy.priority = Objects.requireNonNull(level, "level"));
  }

  /**
   * Makes it a background job.
   *
   * @return the changed request
   */
  public JobRequest background() {
    return with(copy -> copy.background = true);
  }

  /**
   * Joins it to a job of the same function and key.
   *
   * @param key at most {@value #MAX_UNIQUE_BYTES} bytes of UTF-8; {@code -} is refused, see {@link #uniqueByPayload()}
   * @return the changed request
   */
  public JobRequest unique(String key) {
    return unique(key, false, false);
  }

  /**
   * Joins it to a job of the same function and payload. On the wire this is the key {@code -}.
   *
   * @return the changed request
   */
  public JobRequest uniqueByPayload() {
    return unique("-", true, false);
  }

  /**
   * Gives it a key of its own, a fresh random UUID each time it is sent, so that its status can be asked for by key before
   * and after a handle is known.
   *
   * @return the changed request
   */
  public JobRequest uniqueGenerated() {
    return unique("", false, true);
  }

  private JobRequest unique(String key, boolean byPayload, boolean generated) {
    Objects.requireNonNull(key, "key");
    return with(copy -> {
      copy.unique = key;
      copy.uniqueByPayload = byPayload;
      copy.uniqueGenerated = generated;
    });
  }

  /**
   * Makes it a background job that is not to run before a time (SUBMIT_JOB_EPOCH). Servers of version 1.1 store it, but
   * wake no worker when the time comes: it runs when a worker looks for work by itself after
   * that time, which is up to the worker. Seconds count, parts of them are cut off.
   *
   * @param time not before
   * @return the changed request
   */
  public JobRequest at(Instant time) {
    return with(copy -> {
      copy.at = Objects.requireNonNull(time, "time");
      copy.background = true;
    });
  }

  /**
   * Makes it a job whose worker splits it and has the parts joined by another function (SUBMIT_REDUCE_JOB). Only workers that
   * ask for jobs with GRAB_JOB_ALL are told the reducer.
   *
   * @param function the function that joins, without the client's namespace
   * @return the changed request
   */
  public JobRequest reduceWith(String function) {
    return with(copy -> copy.reducer = Objects.requireNonNull(function, "function"));
  }

  /**
   * Submits the job again, by itself, if its connection is lost before its end, to a server that is connected then. It may
   * run twice: the lost one may have run, or may run still. Its data and progress begin anew. A {@linkplain #unique given}
   * key is kept, and so joins what the server may still hold of the lost job.
   *
   * @param times how often, 0 by default
   * @return the changed request
   */
  public JobRequest maxRetries(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("maxRetries is 0 or more, not " + times);
    }
    return with(copy -> copy.maxRetries = times);
  }

  /**
   * Limits how long its end is waited for, from the moment a server has it; a retry begins anew. After that it is {@link
   * JobState#ABANDONED}; the server is not told.
   *
   * @param limit more than zero; by default {@link GearmanOptions#resultTimeout}
   * @return the changed request
   */
  public JobRequest timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit is more than zero, not " + limit);
    }
    return with(copy -> copy.timeout = limit);
  }

  /**
   * Names the function.
   *
   * @return its name without namespace
   */
  public String function() {
    return function;
  }

  /**
   * Gives the workload.
   *
   * @return a {@link Buffer}, or the value that is serialized when it is submitted
   */
  public @Nullable Object payload() {
    return payload;
  }

  /**
   * Gives the declared type of the workload.
   *
   * @return {@code Buffer.class} for bytes and text
   */
  public Type payloadType() {
    return type;
  }

  /**
   * Gives the priority.
   *
   * @return normal by default
   */
  public Priority priority() {
    return priority;
  }

  /**
   * Tells whether it is a background job.
   *
   * @return false by default
   */
  public boolean isBackground() {
    return background;
  }

  /**
   * Gives the unique key.
   *
   * @return empty for none and for one that is generated, {@code -} for one by payload
   */
  public String unique() {
    return unique;
  }

  /**
   * Tells whether equal payloads join.
   *
   * @return true after {@link #uniqueByPayload()}
   */
  public boolean isUniqueByPayload() {
    return uniqueByPayload;
  }

  /**
   * Tells whether a key is generated each time it is sent.
   *
   * @return true after {@link #uniqueGenerated()}
   */
  public boolean isUniqueGenerated() {
    return uniqueGenerated;
  }

  /**
   * Gives the time before which it is not to run.
   *
   * @return null if there is none
   */
  public @Nullable Instant at() {
    return at;
  }

  /**
   * Names the function that joins the parts.
   *
   * @return null if there is none
   */
  public @Nullable String reducer() {
    return reducer;
  }

  /**
   * Says how often a lost job is submitted again.
   *
   * @return 0 by default
   */
  public int maxRetries() {
    return maxRetries;
  }

  /**
   * Gives its own time limit.
   *
   * @return null if the client's counts
   */
  public @Nullable Duration timeout() {
    return timeout;
  }

  @Override
  public String toString() {
    return function + (unique.isEmpty() ? "" : " (" + unique + ")");
  }
}
