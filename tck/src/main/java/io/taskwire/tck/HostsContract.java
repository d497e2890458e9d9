/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Feature;
import io.taskwire.HandlerOptions;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.Broker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue over several brokers that know nothing of each other, where the transport says that it takes them. */
public abstract class HostsContract extends Contract {

  private @Nullable Broker second;

  /** For the transports. */
  protected HostsContract() {}

  @BeforeEach
  final void startSecond() {
    assumeProcess();
    TaskQueue probe = bed().open();
    Await.value(probe.ping());
    assumeFeature(probe, Feature.SEVERAL_HOSTS);
    Await.value(probe.shutdown());
    if (second == null) {
      second = transport().newBroker();
    }
    if (!second().isRunning()) {
      second().start();
    }
    bed().watch(second());
  }

  @AfterAll
  final void closeSecond() {
    if (second != null) {
      second.close();
    }
  }

  private Broker second() {
    return Objects.requireNonNull(second, "made before each test");
  }

  private String both() {
    return broker().url() + ",127.0.0.1:" + second().port();
  }

  private TaskQueue overBoth(String... options) {
    List<String> all = new ArrayList<>(List.of("retry=50ms"));
    all.addAll(List.of(options));
    return bed().openAt(both(), all.toArray(String[]::new));
  }

  private void awaitBoth(TaskQueue queue) {
    Await.until("connections to both", () -> hostsConnected(queue).size() == 2);
  }

  private Set<String> hostsConnected(TaskQueue queue) {
    Set<String> hosts = ConcurrentHashMap.newKeySet();
    bed().events(queue).of(Kind.CONNECTED).forEach(event -> hosts.add("" + event.host()));
    return hosts;
  }

  /** A worker at one host alone, which says so. */
  private TaskQueue workerAt(Broker broker, String task, AtomicInteger runs) {
    TaskQueue worker = bed().openAt(broker.url(), "retry=50ms");
    worker.onAsync(task, Integer.class, number -> {
      runs.incrementAndGet();
      return Future.succeededFuture(number);
    });
    Await.value(worker.start());
    return worker;
  }

  @Test
  void listeners_are_told_which_host_is_connected() {
    TaskQueue queue = overBoth();
    awaitBoth(queue);

    assertThat(hostsConnected(queue))
        .anyMatch(host -> host.endsWith(":" + broker().port()))
        .anyMatch(host -> host.endsWith(":" + second().port()));
    second().kill();
    bed().events(queue).await(Kind.DISCONNECTED, 1);
    assertThat(bed().events(queue).of(Kind.DISCONNECTED).get(0).host())
        .endsWith(":" + second().port());
  }

  @Test
  void tasks_go_round_the_hosts() {
    String task = bed().name("round");
    AtomicInteger here = new AtomicInteger();
    AtomicInteger there = new AtomicInteger();
    workerAt(broker(), task, here);
    workerAt(second(), task, there);
    TaskQueue caller = overBoth();
    awaitBoth(caller);

    List<Future<Integer>> calls = IntStream.range(0, 100)
        .mapToObj(number -> caller.call(task, number, Integer.class))
        .toList();

    for (int number = 0; number < 100; number++) {
      assertThat(Await.value(calls.get(number))).isEqualTo(number);
    }
    assertThat(here).hasValue(50);
    assertThat(there).hasValue(50);
  }

  @Test
  void equal_keys_of_different_callers_meet_at_one_host() {
    String name = bed().name("keys");
    TaskQueue one = overBoth();
    assumeFeature(one, Feature.UNIQUE);
    // The other lists the hosts the other way round.
    TaskQueue other = bed().openAt(second().url() + ",127.0.0.1:" + broker().port(), "retry=50ms");
    awaitBoth(one);
    awaitBoth(other);
    TaskType<Integer, Integer> type = TaskType.of(name, Integer.class, Integer.class);
    List<Future<Integer>> results = new ArrayList<>();
    for (int key = 0; key < 20; key++) {
      SubmitOptions unique = SubmitOptions.create().unique("key-" + key);
      results.add(Await.value(one.task(type, key, unique)).result());
      results.add(Await.value(other.task(type, key, unique)).result());
    }

    AtomicInteger here = new AtomicInteger();
    AtomicInteger there = new AtomicInteger();
    workerAt(broker(), name, here);
    workerAt(second(), name, there);

    results.forEach(Await::value);
    assertThat(here.get() + there.get()).as("runs of 20 keys").isEqualTo(20);
    assertThat(here.get()).as("keys are spread").isBetween(1, 19);
  }

  @Test
  void a_host_that_is_down_holds_up_neither_start_nor_tasks_and_is_used_when_it_comes() {
    second().kill();
    String task = bed().name("down");
    TaskQueue queue = overBoth();
    queue.on(task, Integer.class, number -> number + 1);
    Await.value(queue.start());

    for (int number = 0; number < 10; number++) {
      assertThat(Await.value(queue.call(task, number, Integer.class))).isEqualTo(number + 1);
    }
    second().start();
    awaitBoth(queue);

    TaskQueue there = bed().openAt(second().url());
    assertThat(Await.value(there.call(task, 1, Integer.class))).isEqualTo(2);
  }

  @Test
  void start_waits_while_all_hosts_are_down() {
    broker().kill();
    second().kill();
    String task = bed().name("all-down");
    TaskQueue queue = overBoth();
    queue.on(task, Integer.class, number -> number + 1);
    Future<Void> started = queue.start();
    Future<Integer> call = queue.call(task, 1, Integer.class);
    bed().events(queue).await(Kind.RECONNECTING, 4);
    assertThat(started.isComplete()).isFalse();

    second().start();

    Await.value(started);
    assertThat(Await.value(call)).isEqualTo(2);
  }

  @Test
  void without_retry_connecting_fails_only_if_it_fails_at_all_hosts() {
    second().kill();
    String task = bed().name("no-retry");
    TaskQueue queue = bed().openAt(both(), "retry=off");
    queue.on(task, data -> "done");
    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("done");

    broker().kill();
    TaskQueue none = bed().openAt(both(), "retry=off");
    Await.failure(none.start(), TaskConnectException.class);
    Await.failure(none.call(task, null), TaskConnectException.class);
  }

  @Test
  void of_a_host_killed_under_load_nothing_is_forgotten_and_the_rest_goes_on() {
    String task = bed().name("load");
    TaskQueue worker = overBoth();
    worker.onAsync(task, Integer.class, Future::succeededFuture);
    Await.value(worker.start());
    awaitBoth(worker);
    TaskQueue caller = overBoth();
    awaitBoth(caller);

    List<Future<Integer>> calls = new ArrayList<>();
    for (int number = 0; number < 2_000; number++) {
      calls.add(caller.call(task, number, Integer.class));
      if (number == 1_000) {
        Await.value(calls.get(10));
        second().kill();
      }
    }
    Await.until(
        "the half at the host that lives",
        () -> calls.stream().filter(Future::succeeded).count() > 900);
    int before = bed().events(worker).count(Kind.CONNECTED);
    if (transport().resultsSurviveReconnect()) {
      // What is at the killed host is waited for until it is back, and tells what it has forgotten.
      second().start();
    }
    int answered = 0;
    for (int number = 0; number < 2_000; number++) {
      Future<Integer> call = calls.get(number);
      Await.done(call);
      if (call.succeeded()) {
        assertThat(call.result()).isEqualTo(number);
        answered++;
      } else {
        assertThat(call.cause())
            .isInstanceOfAny(OutcomeUnknownException.class, TaskConnectException.class);
      }
    }
    assertThat(answered).as("of 2,000, half of them at the host that lived").isGreaterThan(900);
    for (int number = 0; number < 100; number++) {
      assertThat(Await.value(caller.call(task, number, Integer.class))).isEqualTo(number);
    }

    if (!second().isRunning()) {
      second().start();
    }
    bed().events(worker).await(Kind.CONNECTED, before + 1);
    TaskQueue there = bed().openAt(second().url());
    assertThat(Await.value(there.call(task, 1, Integer.class))).isEqualTo(1);
  }

  @Test
  void what_a_killed_host_had_accepted_is_told_as_the_contract_says() {
    String task = bed().name("accepted");
    TaskQueue caller = overBoth();
    awaitBoth(caller);
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      handles.add(Await.value(caller.task(task, number, Integer.class)));
    }

    second().kill();
    bed().events(caller).await(Kind.DISCONNECTED, 1);
    workerAt(broker(), task, new AtomicInteger());

    int unknown = 0;
    for (TaskHandle<Integer> handle : handles) {
      if (transport().resultsSurviveReconnect()) {
        continue;
      }
      Await.done(handle.result());
      if (handle.result().failed()) {
        assertThat(handle.result().cause()).isInstanceOf(OutcomeUnknownException.class);
        unknown++;
      }
    }
    assertThat(unknown).isEqualTo(transport().resultsSurviveReconnect() ? 0 : 5);
  }

  @Test
  void concurrency_counts_over_all_hosts() {
    String task = bed().name("together");
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch four = new CountDownLatch(4);
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = overBoth();
    TaskType<Integer, Integer> type = TaskType.of(task, Integer.class, Integer.class);
    worker.onAsync(type, HandlerOptions.create().concurrency(4), number -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      four.countDown();
      return finish.future().map(done -> {
        running.decrementAndGet();
        return number;
      });
    });
    Await.value(worker.start());
    awaitBoth(worker);
    TaskQueue caller = overBoth();
    awaitBoth(caller);

    List<Future<Integer>> calls = IntStream.range(0, 40)
        .mapToObj(number -> caller.call(task, number, Integer.class))
        .toList();
    Await.until("four at work", () -> four.getCount() == 0);
    Await.value(caller.ping());
    finish.complete();

    Await.allDone(calls);
    assertThat(calls).allMatch(Future::succeeded);
    assertThat(most).hasValue(4);
  }

  @Test
  void a_host_with_a_backlog_does_not_keep_the_others_tasks_waiting() {
    String name = bed().name("fair");
    TaskType<String, Object> type = TaskType.of(name, String.class, Object.class);
    TaskQueue here = bed().openAt(broker().url());
    TaskQueue there = bed().openAt(second().url());
    for (int i = 0; i < 500; i++) {
      Await.value(here.send(type, "here"));
    }
    for (int i = 0; i < 50; i++) {
      Await.value(there.send(type, "there"));
    }

    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Promise<Void> both = Promise.promise();
    TaskQueue worker = overBoth();
    worker.onAsync(type, HandlerOptions.create().concurrency(1), from -> {
      seen.add(from);
      return both.future().map(done -> null);
    });
    Await.value(worker.start());
    awaitBoth(worker);
    both.complete();

    Await.until("all tasks", () -> seen.size() == 550);
    assertThat(Collections.frequency(seen.subList(0, 150), "there"))
        .as("of the 50 among the first 150")
        .isGreaterThanOrEqualTo(45);
  }

  @Test
  void a_host_that_answers_no_more_does_not_stop_the_others() {
    String task = bed().name("frozen");
    AtomicInteger here = new AtomicInteger();
    AtomicInteger there = new AtomicInteger();
    workerAt(broker(), task, here);
    workerAt(second(), task, there);
    TaskQueue caller = overBoth();
    awaitBoth(caller);

    second().freeze();
    try {
      List<Future<Integer>> calls = IntStream.range(0, 100)
          .mapToObj(number -> caller.call(task, number, Integer.class))
          .toList();
      Await.until(
          "the half that went to the living host",
          () -> calls.stream().filter(Future::succeeded).count() == 50);
      second().thaw();
      Await.allDone(calls);
      assertThat(calls).allMatch(Future::succeeded);
    } finally {
      second().thaw();
    }
  }
}
