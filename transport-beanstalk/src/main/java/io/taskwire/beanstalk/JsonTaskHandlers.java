/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.SerializationException;
import io.taskwire.beanstalk.codec.Command;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on {@link JsonTask}s by their names, and ends their jobs as a worker on aio-beanstalk does, so that both can serve one
 * tube. Immutable: each method returns a copy.
 *
 * <pre>{@code
 * consumer.handle(JsonTaskHandlers.create()
 *     .on("greet", (task, job) -> greet((String) task.args().get(0)))
 *     .retry(3, Duration.ofSeconds(2)));
 * }</pre>
 *
 * <ul>
 *   <li>A task that is done is deleted.
 *   <li>One that fails is released, by one less urgent, with a delay that grows with each attempt: the delay of {@link #retry}
 *       times the number of times that it was reserved. When it has been reserved more often than it may be retried, it is buried.
 *   <li>One of an unknown name, and a body that is no JSON task, is buried with its priority.
 * </ul>
 */
public final class JsonTaskHandlers implements JobHandler {

  private static final Logger LOG = LoggerFactory.getLogger(JsonTaskHandlers.class);

  private static final JsonTaskHandlers NONE =
      new JsonTaskHandlers(Map.of(), 3, Duration.ofSeconds(2));

  private final Map<String, JsonTaskHandler> byName;
  private final int retryTimes;
  private final Duration retryDelay;

  private JsonTaskHandlers(
      Map<String, JsonTaskHandler> byName, int retryTimes, Duration retryDelay) {
    this.byName = byName;
    this.retryTimes = retryTimes;
    this.retryDelay = retryDelay;
  }

  /**
   * Starts without handlers, with aio-beanstalk's 3 retries and 2 s.
   *
   * @return no handlers
   */
  public static JsonTaskHandlers create() {
    return NONE;
  }

  /**
   * Adds a handler.
   *
   * @param name what callers call
   * @param handler does it
   * @return a copy
   * @throws IllegalArgumentException if the name has a handler already
   */
  public JsonTaskHandlers on(String name, JsonTaskHandler handler) {
    Map<String, JsonTaskHandler> more = new LinkedHashMap<>(byName);
    if (more.put(name, handler) != null) {
      throw new IllegalArgumentException("there is a handler for " + name + " already");
    }
    return new JsonTaskHandlers(more, retryTimes, retryDelay);
  }

  /**
   * Says how a task that fails is tried again.
   *
   * @param times how often; 0 buries it at once
   * @param delay the unit of the delays: the first is this, the second twice this, and so on
   * @return a copy
   * @throws IllegalArgumentException if one is negative
   */
  public JsonTaskHandlers retry(int times, Duration delay) {
    if (times < 0 || delay.isNegative()) {
      throw new IllegalArgumentException(
          "retries and their delay must not be negative: " + times + ", " + delay);
    }
    return new JsonTaskHandlers(byName, times, delay);
  }

  /**
   * Gives the names that have a handler.
   *
   * @return in the order of adding
   */
  public Set<String> names() {
    return Map.copyOf(byName).keySet();
  }

  /** Does what the job's body says; as {@link JsonTaskHandlers} states. */
  @Override
  public void handle(ConsumedJob job) throws InterruptedException {
    JsonTask task;
    try {
      task = JsonTask.read(job.body());
    } catch (SerializationException e) {
      LOG.error("Job {} of {} is buried: {}", job.id(), job.server(), e.getMessage());
      job.bury();
      return;
    }
    JsonTaskHandler handler = byName.get(task.name());
    if (handler == null) {
      LOG.error(
          "Job {} of {} is buried: no handler for {}, there are {}",
          job.id(),
          job.server(),
          task.name(),
          byName.keySet());
      job.bury();
      return;
    }
    try {
      handler.handle(task, job);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed(job, task, e);
    }
  }

  private void failed(ConsumedJob job, JsonTask task, Exception cause) {
    JobStats stats = job.stats().await();
    if (stats.reserves() > retryTimes) {
      LOG.error(
          "{} (job {} of {}) has failed {} times and is buried",
          task,
          job.id(),
          job.server(),
          stats.reserves(),
          cause);
      job.bury(stats.priority());
    } else {
      Duration delay = retryDelay.multipliedBy(stats.reserves());
      LOG.warn(
          "{} (job {} of {}) has failed {} times, next attempt in {}",
          task,
          job.id(),
          job.server(),
          stats.reserves(),
          delay,
          cause);
      job.release(Math.min(stats.priority() + 1, Command.MAX_PRIORITY), delay);
    }
  }
}
