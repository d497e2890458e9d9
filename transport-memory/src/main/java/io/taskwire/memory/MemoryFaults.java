/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.BrokerConnectException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Disturbs a named broker the way real ones are disturbed, for tests of what must survive that. A disturbance is armed for
 * a number of tasks and strikes the next ones that it can strike. Safe to use from any thread; may be made before the
 * first queue of that name is open, and stays until it is closed.
 */
public final class MemoryFaults implements AutoCloseable {

  private final String broker;

  // The thread of the test meets the event loops of the queues here.
  private final AtomicInteger doubleDeliveries = new AtomicInteger();
  private final AtomicInteger overtakings = new AtomicInteger();
  private final AtomicInteger lostAcknowledgements = new AtomicInteger();
  private final AtomicInteger lostAcceptances = new AtomicInteger();

  private MemoryFaults(String broker) {
    this.broker = broker;
  }

  /**
   * Begins to disturb the broker that the queues of {@code memory:name} share, with nothing armed; what was injected
   * there before is replaced.
   *
   * @param broker the name, not empty
   * @return to arm disturbances with, and to be closed
   */
  public static MemoryFaults inject(String broker) {
    if (broker.isEmpty()) {
      throw new IllegalArgumentException("only brokers with a name can be disturbed");
    }
    MemoryFaults faults = new MemoryFaults(broker);
    Brokers.inject(broker, faults);
    return faults;
  }

  /**
   * Has the next tasks delivered twice, the second delivery as soon as there is a free slot, whatever becomes of the
   * first. The first to settle wins; a caller gets one result.
   *
   * @param tasks how many
   * @return this
   */
  public MemoryFaults deliverTwice(int tasks) {
    doubleDeliveries.set(tasks);
    return this;
  }

  /**
   * Has the next tasks overtake all that wait for the same name at the same priority; a task that finds none waiting
   * does not count.
   *
   * @param tasks how many
   * @return this
   */
  public MemoryFaults reorder(int tasks) {
    overtakings.set(tasks);
    return this;
  }

  /**
   * Has the broker miss that the next tasks are settled, though the reply, if there is one, reaches the caller: the
   * worker is told {@link io.taskwire.spi.Settled#CONNECTION_LOST} and the task is delivered again.
   *
   * @param tasks how many
   * @return this
   */
  public MemoryFaults loseAcknowledgements(int tasks) {
    lostAcknowledgements.set(tasks);
    return this;
  }

  /**
   * Has the callers of the next tasks miss that they were accepted: the submit is rejected as unknown, and the task
   * runs.
   *
   * @param tasks how many
   * @return this
   */
  public MemoryFaults loseAcceptances(int tasks) {
    lostAcceptances.set(tasks);
    return this;
  }

  /** Has every queue of the broker lose its session now. Tasks in the hands of workers are delivered again. */
  public void dropSessions() {
    Brokers.dropSessions(
        broker,
        new BrokerConnectException(
            "the session with memory:" + broker + " was dropped", true, null));
  }

  /**
   * Tells whether every armed disturbance has struck.
   *
   * @return true if none is left
   */
  public boolean areSpent() {
    return doubleDeliveries.get() == 0
        && overtakings.get() == 0
        && lostAcknowledgements.get() == 0
        && lostAcceptances.get() == 0;
  }

  /** Leaves the broker in peace. */
  @Override
  public void close() {
    Brokers.withdraw(broker, this);
  }

  boolean deliversTwice() {
    return strikes(doubleDeliveries);
  }

  boolean overtakes() {
    return strikes(overtakings);
  }

  boolean losesAcknowledgement() {
    return strikes(lostAcknowledgements);
  }

  boolean losesAcceptance() {
    return strikes(lostAcceptances);
  }

  private static boolean strikes(AtomicInteger left) {
    return left.get() > 0 && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
