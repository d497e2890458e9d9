/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Feature;
import io.taskwire.HandlerOptions;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Priority;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskStatus.State;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.spi.Envelope;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Gearman queue has besides what every transport must have, and where it stops. */
@Timeout(60)
class GearmanFeaturesTest {

  private static final HandlerOptions ONE = HandlerOptions.create().concurrency(1);

  private GearmandBroker broker;
  private TestBed bed;

  @BeforeEach
  void start() {
    begin(GearmandBroker.create());
  }

  private void begin(GearmandBroker made) {
    broker = made;
    broker.start();
    bed = new TestBed(broker);
  }

  @AfterEach
  void stop() {
    try {
      bed.close();
    } finally {
      broker.close();
    }
  }

  private void withStore() {
    stop();
    begin(GearmandBroker.withStore());
  }

  private static UnsupportedOptionException refused(Feature feature, Future<?> future) {
    UnsupportedOptionException refusal = Await.failure(future, UnsupportedOptionException.class);
    assertThat(refusal.feature()).isEqualTo(feature);
    return refusal;
  }

  /** Submits a background job with the command-line client. */
  private void submitBackground(String function, Buffer body)
      throws IOException, InterruptedException {
    Process gearman = new ProcessBuilder(
            "gearman",
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(broker.port()),
            "-b",
            "-f",
            function)
        .redirectErrorStream(true)
        .start();
    try (var in = gearman.getOutputStream()) {
      in.write(body.getBytes());
    }
    assertThat(gearman.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(gearman.exitValue()).isZero();
  }

  @Nested
  class What_does_not_go_together_is_refused {

    private final TaskType<Object, Object> type = TaskType.untyped("together");

    @Test
    void a_delay_and_a_priority() {
      refused(
          Feature.PRIORITY,
          bed.open()
              .send(
                  type,
                  1,
                  SubmitOptions.noResponse().delay(Duration.ofSeconds(1)).priority(Priority.HIGH)));
    }

    @Test
    void a_delay_and_a_result_unless_the_result_waits_for_its_caller() {
      SubmitOptions delayed = SubmitOptions.create().delay(Duration.ofSeconds(1));

      assertThat(refused(Feature.DELAY, bed.open().task(type, 1, delayed)))
          .hasMessageContaining("without response");
      TaskQueue durable = bed.open("clientId=delayed", "heartbeat=500ms");
      durable.on(type, data -> data);
      Await.value(durable.start());
      TaskHandle<Object> handle = Await.value(durable.task(type, 7, delayed));
      assertThat(Await.value(handle.status()).state()).isEqualTo(State.DELAYED);
      assertThat(Await.value(handle.result())).isEqualTo(7L);
    }

    @Test
    void a_unique_key_and_a_deadline() {
      refused(
          Feature.UNIQUE,
          bed.open()
              .task(type, 1, SubmitOptions.create().unique("k").deadline(Duration.ofSeconds(1))));
    }

    @Test
    void a_unique_key_and_a_result_that_waits_for_its_caller() {
      TaskQueue durable = bed.open("clientId=unique");

      refused(Feature.UNIQUE, durable.task(type, 1, SubmitOptions.create().unique("k")));
      Await.value(durable.send(type, 1, SubmitOptions.noResponse().unique("k")));
    }

    @Test
    void cancelling_a_task_with_a_unique_key() {
      TaskHandle<Object> handle =
          Await.value(bed.open().task(type, 1, SubmitOptions.create().unique("k")));

      refused(Feature.CANCEL_QUEUED, handle.cancel());
      assertThat(handle.result().isComplete()).isFalse();
    }
  }

  @Test
  void a_deadline_holds_at_the_worker_too_when_the_caller_is_gone() {
    TaskType<String, Object> type = TaskType.of("deadline", String.class, Object.class);
    TaskQueue caller = bed.open();
    Await.value(
        caller.send(type, "late", SubmitOptions.noResponse().deadline(Duration.ofMillis(100))));
    caller.close();
    Await.value(bed.vertx().timer(200));

    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    TaskQueue worker = bed.openShared();
    worker.on(type, ONE, text -> seen.add(text));
    Await.value(worker.start());
    Await.value(worker.call(type, "next"));

    assertThat(seen).containsExactly("next");
  }

  @Nested
  class A_retry {

    @Test
    void is_refused_when_it_would_be_held_too_long() {
      TaskQueue queue = bed.open();
      queue.on("long", data -> {
        throw TaskRetry.after(Duration.ofSeconds(61));
      });
      Await.value(queue.start());

      assertThat(Await.failure(queue.call("long", 1), RemoteTaskException.class))
          .hasMessageContaining("60 s");
    }

    @Test
    void is_refused_when_as_many_are_held_as_run_at_once() {
      TaskType<Integer, Object> type = TaskType.of("many", Integer.class, Object.class);
      TaskQueue queue = bed.open();
      queue.on(type, HandlerOptions.create().concurrency(2), number -> {
        throw TaskRetry.after(Duration.ofSeconds(50));
      });
      Await.value(queue.start());
      List<Future<Object>> held = List.of(queue.call(type, 1), queue.call(type, 2));
      bed.events(queue).await(Kind.FINISHED, 2);

      assertThat(Await.failure(queue.call(type, 3), RemoteTaskException.class))
          .hasMessageContaining("concurrency");
      assertThat(held).noneMatch(Future::isComplete);
    }

    @Test
    void begins_to_count_again_when_its_worker_is_lost() {
      TaskType<Integer, Object> type = TaskType.of("lost", Integer.class, Object.class);
      TcpProxy proxy = bed.proxy();
      TaskQueue lost = bed.openAt(broker.urlThrough(proxy.port()), "retry=1h");
      lost.on(type, (number, context) -> {
        throw TaskRetry.after(Duration.ofSeconds(context.attempt().isPresent() ? 50 : 0));
      });
      Await.value(lost.start());
      TaskQueue caller = bed.open();
      Future<Object> result = caller.call(type, 1);
      bed.events(lost).await(Kind.FINISHED, 2);

      proxy.close();
      TaskQueue other = bed.openShared();
      other.on(type, (number, context) -> context.attempt().orElse(1));
      Await.value(other.start());

      assertThat(Await.value(result)).isEqualTo(1L);
    }

    @Test
    void that_is_held_goes_to_another_worker_when_this_one_closes() {
      TaskType<Integer, Object> type = TaskType.of("closes", Integer.class, Object.class);
      TaskQueue closing = bed.openShared();
      closing.on(type, number -> {
        throw TaskRetry.after(Duration.ofSeconds(50));
      });
      Await.value(closing.start());
      TaskQueue caller = bed.open();
      Future<Object> result = caller.call(type, 1);
      bed.events(closing).await(Kind.FINISHED, 1);

      closing.close();
      TaskQueue other = bed.openShared();
      other.on(type, number -> "other");
      Await.value(other.start());

      assertThat(Await.value(result)).isEqualTo("other");
    }
  }

  @Test
  void a_dead_letter_says_what_it_was_and_why() {
    TaskType<Integer, Object> type = TaskType.of("order", Integer.class, Object.class);
    TaskQueue queue = bed.open("deadLetter=true");
    queue.on(type, number -> {
      throw TaskReject.deadLetter("no such order");
    });
    Promise<Map<String, String>> headers = Promise.promise();
    queue.on("order.dead", Integer.class, (number, context) -> {
      headers.complete(context.headers());
      return null;
    });
    Await.value(queue.start());

    TaskHandle<Object> handle =
        Await.value(queue.task(type, 7, SubmitOptions.create().header("tenant", "t7")));
    Await.failure(handle.result(), RemoteTaskException.class);

    assertThat(Await.value(headers.future()))
        .containsEntry("tenant", "t7")
        .containsEntry("dead-id", handle.id())
        .containsEntry("dead-code", "REJECTED")
        .containsEntry("dead-message", "no such order");
  }

  @Test
  void failures_reach_callers_on_libgearman_when_they_are_told_as_such() throws Exception {
    TaskQueue worker = bed.openShared("failures=fail");
    worker.on("no", io.taskwire.Raw.RAW, bytes -> {
      throw new IllegalStateException("never");
    });
    Await.value(worker.start());

    Process gearman = new ProcessBuilder(
            "gearman", "-h", "127.0.0.1", "-p", Integer.toString(broker.port()), "-f", "no", "x")
        .redirectErrorStream(true)
        .start();
    boolean ended = gearman.waitFor(20, TimeUnit.SECONDS);
    gearman.destroyForcibly().waitFor();

    assertThat(ended).isTrue();
    RemoteTaskException failure = Await.failure(
        bed.open().call("no", io.taskwire.Raw.RAW, Buffer.buffer("x")), RemoteTaskException.class);
    assertThat(failure.remoteMessage()).contains("no more");
  }

  @Nested
  class Results_that_wait {

    @Test
    void are_told_to_be_lost_when_a_broker_without_a_store_was_started_again() {
      TaskQueue caller = bed.open("clientId=lost", "retry=50ms");
      TaskHandle<Object> handle = Await.value(caller.task("unserved", 1));

      broker.kill();
      broker.start();

      assertThat(Await.failure(handle.result(), OutcomeUnknownException.class).taskId())
          .isEqualTo(handle.id());
    }

    @Test
    void come_once_and_a_second_copy_is_counted_as_late() throws Exception {
      TaskQueue caller = bed.open("clientId=twice");
      caller.on("once", data -> data);
      Await.value(caller.start());
      TaskHandle<Object> handle = Await.value(caller.task("once", 1));
      assertThat(Await.value(handle.result())).isEqualTo(1L);

      submitBackground(
          "tw.r.twice", Envelope.encode(Map.of("id", handle.id()), Buffer.buffer(new byte[] {2})));

      bed.events(caller).await(Kind.LATE_REPLY, 1);
      assertThat(handle.result().result()).isEqualTo(1L);
    }

    @Test
    void are_dropped_and_counted_when_nobody_attaches_in_time() throws Exception {
      TaskQueue caller = bed.open("clientId=kept", "resultsKept=1s");
      Await.value(caller.ping());
      submitBackground(
          "tw.r.kept", Envelope.encode(Map.of("id", "of-old"), Buffer.buffer(new byte[] {2})));

      bed.events(caller).await(Kind.LATE_REPLY, 1);
    }

    @Test
    void go_to_no_function_but_a_reply_function() throws Exception {
      AtomicInteger victim = new AtomicInteger();
      TaskQueue queue = bed.open();
      queue.on("victim", data -> victim.incrementAndGet());
      queue.on("served", data -> data);
      Await.value(queue.start());

      submitBackground(
          "served",
          Envelope.encode(Map.of("id", "x", "reply-to", "victim"), Buffer.buffer(new byte[] {1})));
      bed.events(queue).await(Kind.FINISHED, 1);

      Await.value(queue.call("victim", 1));
      assertThat(victim).hasValue(1);
    }
  }

  @Test
  void an_empty_payload_survives_a_broker_with_a_store() {
    withStore();
    TaskType<Buffer, Buffer> type = TaskType.raw("empty");
    TaskQueue caller = bed.open("store=true");
    Await.value(caller.send(type, Buffer.buffer()));
    Await.value(caller.send(type, Buffer.buffer()));
    caller.close();

    broker.kill();
    broker.start();

    ConcurrentLinkedQueue<Buffer> seen = new ConcurrentLinkedQueue<>();
    TaskQueue worker = bed.openShared("retry=50ms");
    worker.on(type, bytes -> {
      seen.add(bytes);
      return null;
    });
    Await.value(worker.start());
    Await.until("both tasks", () -> seen.size() == 2);
    assertThat(seen).allMatch(bytes -> bytes.length() == 0);
  }

  @Nested
  class Names_beyond_the_most_connections {

    @Test
    void share_one_and_each_keeps_its_own_concurrency() {
      TaskQueue queue = bed.open("maxConnections=2");
      List<String> names = List.of("a", "b", "c", "d");
      Map<String, AtomicInteger> running = new java.util.concurrent.ConcurrentHashMap<>();
      AtomicInteger most = new AtomicInteger();
      for (String name : names) {
        running.put(name, new AtomicInteger());
        queue.on(TaskType.of(name, Integer.class, Integer.class), ONE, number -> {
          AtomicInteger now = running.get(name);
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          now.decrementAndGet();
          return number;
        });
      }
      Await.value(queue.start());
      assertThat(broker.connections()).isEqualTo(3);

      List<Future<Integer>> results = new ArrayList<>();
      for (int number = 0; number < 200; number++) {
        results.add(queue.call(names.get(number % 4), number, Integer.class));
      }

      for (int number = 0; number < 200; number++) {
        assertThat(Await.value(results.get(number))).isEqualTo(number);
      }
      assertThat(most).hasValue(1);
    }

    @Test
    void let_go_of_one_while_the_others_work_on() {
      TaskQueue queue = bed.open("maxConnections=1");
      Promise<Object> finish = Promise.promise();
      queue.onAsync("stays", data -> finish.future());
      var going = queue.on("goes", data -> "here");
      Await.value(queue.start());
      Future<Object> running = queue.call("stays", 1);
      assertThat(Await.value(queue.call("goes", 1))).isEqualTo("here");

      Await.value(going.remove());
      Future<Object> elsewhere = queue.call("goes", 2);
      TaskQueue other = bed.openShared();
      other.on("goes", data -> "there");
      Await.value(other.start());

      assertThat(Await.value(elsewhere)).isEqualTo("there");
      assertThat(running.isComplete()).isFalse();
      finish.complete("done");
      assertThat(Await.value(running)).isEqualTo("done");
    }

    @Test
    void take_tasks_again_when_their_connection_was_lost() {
      TcpProxy proxy = bed.proxy();
      TaskQueue worker =
          bed.openAt(broker.urlThrough(proxy.port()), "maxConnections=1", "retry=50ms");
      worker.on("a", data -> "a");
      worker.on("b", data -> "b");
      Await.value(worker.start());

      proxy.cut();

      TaskQueue caller = bed.open();
      assertThat(Await.value(caller.call("a", 1))).isEqualTo("a");
      assertThat(Await.value(caller.call("b", 1))).isEqualTo("b");
    }
  }

  @Test
  void no_result_is_lost_in_fifty_closes() {
    TaskType<Integer, Integer> type = TaskType.of("closes", Integer.class, Integer.class);
    AtomicInteger runs = new AtomicInteger();
    TcpProxy proxy = bed.proxy();
    proxy.delay(Duration.ofMillis(3));
    TaskQueue caller = bed.open();
    for (int number = 0; number < 50; number++) {
      TaskQueue worker = bed.openSharedAt(broker.urlThrough(proxy.port()));
      worker.on(type, value -> {
        runs.incrementAndGet();
        return value;
      });
      Await.value(worker.start());
      Future<Integer> result = caller.call(type, number);
      bed.events(worker).await(Kind.FINISHED, 1);

      worker.close();

      assertThat(Await.value(result)).isEqualTo(number);
    }
    assertThat(runs).hasValue(50);
  }
}
