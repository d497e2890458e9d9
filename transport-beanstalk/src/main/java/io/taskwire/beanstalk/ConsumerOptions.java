/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Tube;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a consumer takes, beside {@link BeanstalkOptions}. Immutable: each method returns a copy.
 *
 * <p><b>Weights.</b> beanstalkd has none: of several tubes that are watched it gives out the most urgent job, of equal priority
 * the one with the smallest number. So each {@linkplain #watch(int, Tube...) group} of tubes is reserved from over connections of
 * its own, up to four to each server, and the consumer offers its free slots to the groups in turn, as many in a row as their
 * weight says. That holds while a group has jobs ready; what it leaves goes to the others. It divides what is scarce: where
 * handlers are so quick that slots stay free, every group gets all it asks for. A group without jobs waits for one
 * without taking a slot; its next job begins with the next slot that becomes free, out of turn.
 */
public final class ConsumerOptions {

  private final List<TubeGroup> groups;
  private final int concurrency;
  private final boolean keepLeases;
  private final int retries;
  private final Duration retryDelay;
  private final int batchSize;
  private final Duration batchWait;
  private final Duration drainTimeout;

  private ConsumerOptions(Copy copy) {
    groups = List.copyOf(copy.groups);
    concurrency = copy.concurrency;
    keepLeases = copy.keepLeases;
    retries = copy.retries;
    retryDelay = copy.retryDelay;
    batchSize = copy.batchSize;
    batchWait = copy.batchWait;
    drainTimeout = copy.drainTimeout;
  }

  /**
   * Takes the jobs of some tubes, all the same.
   *
   * @param tubes one or more
   * @return the defaults beside that
   */
  public static ConsumerOptions of(Tube... tubes) {
    return new ConsumerOptions(new Copy()).watch(1, tubes);
  }

  /**
   * Takes the jobs of no tube yet.
   *
   * @return the defaults
   */
  public static ConsumerOptions create() {
    return new ConsumerOptions(new Copy());
  }

  /**
   * Adds a group of tubes to those there are. Tubes in one group share connections, and the server chooses among their jobs.
   *
   * @param weight how many slots in a row the group is offered, 1 or more
   * @param tubes one or more
   * @return a copy
   * @throws IllegalArgumentException if the weight is less than 1, there is no tube, or one is in a group already
   */
  public ConsumerOptions watch(int weight, Tube... tubes) {
    TubeGroup group = new TubeGroup(Arrays.asList(tubes), weight);
    for (Tube tube : tubes) {
      if (groups.stream().anyMatch(each -> each.tubes().contains(tube))) {
        throw new IllegalArgumentException("the tube " + tube + " is in a group already");
      }
    }
    Copy copy = new Copy(this);
    copy.groups.add(group);
    return new ConsumerOptions(copy);
  }

  /**
   * Limits how many handlers run at once, over all tubes and servers.
   *
   * @param handlers 1 or more; by default the number of processors for blocking handlers and 64 for asynchronous ones
   * @return a copy
   * @throws IllegalArgumentException if less than 1
   */
  public ConsumerOptions concurrency(int handlers) {
    Copy copy = new Copy(this);
    copy.concurrency = atLeast("concurrency", handlers, 1);
    return new ConsumerOptions(copy);
  }

  /**
   * Says whether jobs are touched as long as their handler runs, every third of their time to run (once a second at most).
   * Without that a handler has the time to run, or calls {@link ConsumedJob#touch}.
   *
   * @param keep by default true
   * @return a copy
   */
  public ConsumerOptions keepLeases(boolean keep) {
    Copy copy = new Copy(this);
    copy.keepLeases = keep;
    return new ConsumerOptions(copy);
  }

  /**
   * Says how often a job whose handler has thrown is tried again: it is released, with its priority, until it has been reserved
   * more often than this, by whomever; then it is buried.
   *
   * @param times by default 0: it is buried at once
   * @param delay before each further attempt; rounded up to whole seconds
   * @return a copy
   * @throws IllegalArgumentException if one is negative
   */
  public ConsumerOptions retryFailed(int times, Duration delay) {
    Copy copy = new Copy(this);
    copy.retries = atLeast("the number of retries", times, 0);
    copy.retryDelay = notNegative("the delay of a retry", delay);
    return new ConsumerOptions(copy);
  }

  /**
   * Says how many jobs a batch handler gets at once, at most, and how long the first of them waits for the others.
   *
   * @param jobs 1 or more, by default 100. Concurrency counts batches, so that as many jobs times concurrency are held
   * @param wait by default 50 ms
   * @return a copy
   * @throws IllegalArgumentException if there is less than one job, or the time is negative
   */
  public ConsumerOptions batch(int jobs, Duration wait) {
    Copy copy = new Copy(this);
    copy.batchSize = atLeast("the size of a batch", jobs, 1);
    copy.batchWait = notNegative("the wait for a batch", wait);
    return new ConsumerOptions(copy);
  }

  /**
   * Limits how long closing waits for handlers. After that they are interrupted, and the servers give their jobs to others.
   *
   * @param limit zero for not at all, by default 30 s
   * @return a copy
   * @throws IllegalArgumentException if negative
   */
  public ConsumerOptions drainTimeout(Duration limit) {
    Copy copy = new Copy(this);
    copy.drainTimeout = notNegative("drainTimeout", limit);
    return new ConsumerOptions(copy);
  }

  private static int atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(what + " is " + least + " or more, not " + value);
    }
    return value;
  }

  private static Duration notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " must not be negative: " + value);
    }
    return value;
  }

  /**
   * Gives the tubes.
   *
   * @return in the order of adding
   */
  public List<TubeGroup> groups() {
    return groups;
  }

  /**
   * Gives the limit of handlers at once.
   *
   * @return 0 for the default
   */
  public int concurrency() {
    return concurrency;
  }

  /**
   * Tells whether leases are kept.
   *
   * @return true if jobs are touched
   */
  public boolean keepsLeases() {
    return keepLeases;
  }

  /**
   * Gives the number of retries.
   *
   * @return 0 if a failed job is buried at once
   */
  public int retries() {
    return retries;
  }

  /**
   * Gives the delay of a retry.
   *
   * @return the delay
   */
  public Duration retryDelay() {
    return retryDelay;
  }

  /**
   * Gives the size of a batch.
   *
   * @return jobs at most
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Gives the wait for a batch.
   *
   * @return how long its first job waits
   */
  public Duration batchWait() {
    return batchWait;
  }

  /**
   * Gives the limit of waiting for handlers.
   *
   * @return the limit
   */
  public Duration drainTimeout() {
    return drainTimeout;
  }

  /** The values of the next copy. */
  private static final class Copy {

    private final List<TubeGroup> groups = new ArrayList<>();
    private int concurrency;
    private boolean keepLeases = true;
    private int retries;
    private Duration retryDelay = Duration.ZERO;
    private int batchSize = 100;
    private Duration batchWait = Duration.ofMillis(50);
    private Duration drainTimeout = Duration.ofSeconds(30);

    Copy() {}

    Copy(ConsumerOptions from) {
      groups.addAll(from.groups);
      concurrency = from.concurrency;
      keepLeases = from.keepLeases;
      retries = from.retries;
      retryDelay = from.retryDelay;
      batchSize = from.batchSize;
      batchWait = from.batchWait;
      drainTimeout = from.drainTimeout;
    }
  }
}
