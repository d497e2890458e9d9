/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwire.Feature;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a broker that keeps tasks promises across its death. */
public abstract class PersistenceContract extends Contract {

  private static final int SOME = 100;

  /** For the transports. */
  protected PersistenceContract() {}

  @Override
  protected final Broker makeBroker() {
    Optional<Broker> persistent = transport().newPersistentBroker();
    assumeTrue(
        persistent.isPresent(),
        "skipped: the transport has no broker for " + Feature.PERSISTENCE.label());
    return persistent.orElseThrow();
  }

  private String[] persistent() {
    return Stream.concat(
            Stream.of("retry=50ms"), transport().optionsFor(Feature.PERSISTENCE).stream())
        .toArray(String[]::new);
  }

  @Test
  void the_connected_queue_says_that_its_broker_keeps_tasks() {
    TaskQueue queue = bed().open(asking(Feature.PERSISTENCE));
    Await.value(queue.ping());

    assertThat(queue.capabilities().has(Feature.PERSISTENCE)).isTrue();
  }

  @Test
  void what_was_accepted_before_the_broker_died_runs_after_it_came_back() {
    String task = bed().name("persistent");
    TaskQueue caller = bed().open(persistent());
    for (int number = 0; number < SOME; number++) {
      Await.value(caller.send(task, number));
    }

    broker().kill();
    broker().start();

    Set<Integer> ran = ConcurrentHashMap.newKeySet();
    TaskQueue worker = bed().openShared("retry=50ms");
    worker.on(task, Integer.class, ran::add);
    Await.value(worker.start());
    Await.until(SOME + " tasks", () -> ran.size() == SOME);
  }

  @Test
  void callers_go_on_waiting_and_get_their_results_after_the_broker_came_back() {
    assumeTrue(
        transport().resultsSurviveReconnect(),
        "skipped: results of this transport do not survive a reconnect");
    String task = bed().name("persistent-results");
    TaskQueue caller = bed().open(persistent());
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < SOME; number++) {
      handles.add(Await.value(caller.task(task, number, Integer.class)));
    }

    broker().kill();
    broker().start();

    TaskQueue worker = bed().openShared("retry=50ms");
    worker.on(task, Integer.class, number -> number + 1);
    Await.value(worker.start());
    for (int number = 0; number < SOME; number++) {
      assertThat(Await.value(handles.get(number).result())).isEqualTo(number + 1);
    }
  }
}
