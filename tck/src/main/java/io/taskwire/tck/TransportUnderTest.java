/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import io.taskwire.Feature;
import io.taskwire.tck.broker.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the kit must know of a transport, and cannot find out by asking it. */
public interface TransportUnderTest {

  /**
   * Makes a broker, which the kit starts, ill-treats and closes.
   *
   * @return a new one that is not running
   */
  Broker newBroker();

  /**
   * Makes a broker that keeps accepted tasks across {@code kill -9}.
   *
   * @return a new one that is not running; empty if the transport has no such broker
   */
  default Optional<Broker> newPersistentBroker() {
    return Optional.empty();
  }

  /**
   * Tells which options a queue needs to have a feature that is not there unless asked for.
   *
   * @param feature the feature
   * @return written as in a URI, such as {@code store=true}; empty if the feature needs none
   */
  default List<String> optionsFor(Feature feature) {
    return List.of();
  }

  /**
   * Tells how late a delayed task may come, with the options for it.
   *
   * @return the longest time after its delay
   */
  default Duration longestLateness() {
    return Duration.ofSeconds(2);
  }

  /**
   * Tells under which name dead letters are tasks themselves.
   *
   * @param taskName the name of the tasks that failed
   * @return the name to handle them by; empty if dead letters are no tasks
   */
  default Optional<String> deadLetterTask(String taskName) {
    return Optional.empty();
  }

  /**
   * Tells how large a raw body the broker of {@link #newBroker()} takes.
   *
   * @return bytes, at most the default of {@code maxPayload}
   */
  default int largestBody() {
    return 64 << 20;
  }

  /**
   * Tells whether a caller gets its result though its connection was lost while it waited.
   *
   * @return false if the outcome is unknown then
   */
  boolean resultsSurviveReconnect();

  /**
   * Gives the options that make the lease of a task as short as it can be.
   *
   * @return written as in a URI; empty if the transport has no lease, or the connection is the lease
   */
  default Optional<String> shortLease() {
    return Optional.empty();
  }

  /**
   * Tells how long the lease of {@link #shortLease()} is.
   *
   * @return the time after which the broker gives the task to another worker if nothing renews it
   */
  default Duration lease() {
    return Duration.ZERO;
  }
}
