/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskwire.FailureCode;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Priority;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus.State;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Caller.Failed;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against a real server. */
@Timeout(60)
class GearmanTransportTest {

  private final GearmandBroker broker = GearmandBroker.create();
  private Stage stage;

  @BeforeEach
  void start() {
    broker.start();
    stage = Stage.of(new GearmanTransportProvider(), broker.port()).connect();
  }

  @AfterEach
  void stop() {
    stage.close();
    broker.close();
  }

  @Nested
  class A_task_with_a_result {

    @Test
    void comes_back_from_its_worker_under_the_same_id() {
      LinkedBlockingQueue<String> ids = new LinkedBlockingQueue<>();
      stage.consume("greet", 1, delivery -> {
        ids.add(delivery.id());
        delivery.complete(Buffer.buffer("hello " + delivery.payload()), Map.of());
      });
      Caller caller = stage.submit(Caller.of("greet", "world"));

      assertThat(caller.result()).hasToString("hello world");
      assertThat(caller.task().id()).isEqualTo(Await.next(ids)).startsWith("H:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "c1", "c1545701", "0d0a00ff", "c154570181a178a179"})
    void carries_any_bytes_both_ways(String hex) {
      Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(hex));
      LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
      stage.consume("echo", 1, delivery -> {
        seen.add(delivery.payload());
        delivery.complete(delivery.payload(), Map.of());
      });

      assertThat(stage.submit(Caller.of("echo", bytes)).result()).isEqualTo(bytes);
      assertThat(Await.next(seen)).isEqualTo(bytes);
    }

    @Test
    void may_be_as_long_as_the_limit_both_ways() {
      Buffer bytes = Buffer.buffer(new byte[Stage.MAX_PAYLOAD]);
      stage.consume("echo", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));

      assertThat(stage.submit(Caller.of("echo", bytes)).result()).isEqualTo(bytes);
    }

    @Test
    void carries_headers_both_ways() {
      stage.consume(
          "h",
          1,
          delivery -> delivery.complete(
              Buffer.buffer(delivery.payload() + "+" + delivery.headers().get("x-a")),
              Map.of("x-b", "2")));
      Caller caller = stage.submit(
          Caller.with("h", Buffer.buffer("p"), true, Priority.NORMAL, Map.of("x-a", "1")));

      assertThat(caller.result()).hasToString("p+1");
      assertThat(Await.value(caller.end()).headers()).containsExactly(Map.entry("x-b", "2"));
    }

    @Test
    void tells_how_far_it_is_and_sends_parts_ahead() {
      stage.consume("parts", 1, delivery -> {
        delivery.progress(1, 2);
        delivery.data(Buffer.buffer("a"));
        delivery.data(Buffer.buffer(""));
        delivery.progress(2, 2);
        delivery.complete(Buffer.buffer("end"), Map.of());
      });
      Caller caller = stage.submit(Caller.of("parts", ""));

      assertThat(caller.result()).hasToString("end");
      assertThat(caller.parts()).containsExactly("1/2", "a", "", "2/2");
    }

    @Test
    void fails_with_what_the_handler_said() {
      stage.consume(
          "fail",
          1,
          delivery -> delivery.fail(new Failure(
              FailureCode.HANDLER, "java.lang.IllegalStateException", "no: ink", "lost")));
      Caller plain = stage.submit(Caller.of("fail", ""));
      Caller enveloped = stage.submit(
          Caller.with("fail", Buffer.buffer(), true, Priority.NORMAL, Map.of("x-a", "1")));

      assertThat(failure(plain))
          .isEqualTo(
              new Failure(FailureCode.HANDLER, "java.lang.IllegalStateException", "no: ink", null));
      assertThat(failure(enveloped))
          .isEqualTo(new Failure(
              FailureCode.HANDLER, "java.lang.IllegalStateException", "no: ink", "lost"));
    }

    @Test
    void fails_as_too_large_when_its_result_is_over_the_limit_and_the_worker_goes_on() {
      stage.consume(
          "large",
          1,
          delivery -> delivery.complete(
              Buffer.buffer(new byte[Integer.parseInt(delivery.payload().toString())]), Map.of()));

      assertThat(failure(stage.submit(Caller.of("large", "100001"))).code())
          .isEqualTo(FailureCode.TOO_LARGE);
      assertThat(stage.submit(Caller.of("large", "3")).result().length()).isEqualTo(3);
    }

    @Test
    void waits_queued_then_runs_then_is_unknown() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      Caller caller = stage.submit(Caller.of("status", ""));

      assertThat(stage.get(caller.task()::status).state()).isEqualTo(State.QUEUED);
      stage.consume("status", 1, deliveries::add);
      Delivery delivery = Await.next(deliveries);
      stage.run(() -> delivery.progress(3, 4));
      assertThat(Await.next(caller.parts())).isEqualTo("3/4");
      assertThat(stage.get(caller.task()::status))
          .isEqualTo(new io.taskwire.TaskStatus(State.RUNNING, new io.taskwire.Progress(3, 4)));
      stage.run(() -> delivery.complete(Buffer.buffer(), Map.of()));
      caller.result();
      assertThat(stage.get(caller.task()::status).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void is_forgotten_when_it_is_abandoned_and_its_late_reply_is_counted() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      stage.consume("late", 1, deliveries::add);
      Caller caller = stage.submit(Caller.of("late", ""));
      Delivery delivery = Await.next(deliveries);
      stage.run(() -> caller.task().abandon());
      stage.run(() -> delivery.complete(Buffer.buffer("too late"), Map.of()));

      assertThat(Await.next(stage.lateReplies())).isEqualTo(caller.task().id());
      assertThat(caller.end().isComplete()).isFalse();
    }
  }

  @Test
  void tasks_of_one_caller_are_taken_by_priority_and_then_in_order() {
    List<Caller> callers = new ArrayList<>();
    for (Priority priority : new Priority[] {Priority.LOW, Priority.NORMAL, Priority.HIGH}) {
      for (int i = 0; i < 2; i++) {
        callers.add(stage.submit(
            Caller.with("ranked", Buffer.buffer(priority + " " + i), true, priority, Map.of())));
      }
    }
    callers.forEach(Caller::task);
    List<String> order = new ArrayList<>();
    stage.consume("ranked", 1, delivery -> {
      order.add(delivery.payload().toString());
      delivery.complete(Buffer.buffer(), Map.of());
    });
    callers.forEach(Caller::result);

    assertThat(order).containsExactly("HIGH 0", "HIGH 1", "NORMAL 0", "NORMAL 1", "LOW 0", "LOW 1");
  }

  @Test
  void a_task_without_a_result_is_accepted_and_runs_even_when_its_caller_is_gone() {
    Caller caller =
        stage.submit(Caller.with("bg", Buffer.buffer("x"), false, Priority.NORMAL, Map.of()));
    caller.task();
    stage.get(() -> stage.session().close());
    stage.connect();
    LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    stage.consume("bg", 1, delivery -> {
      seen.add(delivery.payload().toString());
      delivery.complete(Buffer.buffer("nobody reads this"), Map.of());
    });

    assertThat(Await.next(seen)).isEqualTo("x");
  }

  @Test
  void ten_thousand_tasks_at_once_all_come_back_as_their_own() {
    stage.consume("many", 64, delivery -> delivery.complete(delivery.payload(), Map.of()));
    List<Caller> callers =
        IntStream.range(0, 10_000).mapToObj(i -> Caller.of("many", "task " + i)).toList();
    stage.run(() -> callers.forEach(caller -> stage.session().submit(caller.submission(), caller)));

    assertThat(callers)
        .allSatisfy(
            caller -> assertThat(caller.result()).isEqualTo(caller.submission().payload()));
  }

  @Test
  void no_more_tasks_are_unsettled_than_the_concurrency_and_all_run() {
    LinkedBlockingQueue<Delivery> held = new LinkedBlockingQueue<>();
    List<Caller> callers =
        IntStream.range(0, 20).mapToObj(i -> Caller.of("narrow", "" + i)).toList();
    stage.run(() -> callers.forEach(caller -> stage.session().submit(caller.submission(), caller)));
    callers.forEach(Caller::task);
    stage.consume("narrow", 3, held::add);

    int settled = 0;
    while (settled < callers.size()) {
      Delivery next = Await.next(held);
      // A round trip later all that was going to be delivered by now has been.
      stage.get(stage.session()::ping);
      assertThat(held.size()).isLessThanOrEqualTo(2);
      stage.run(() -> next.complete(next.payload(), Map.of()));
      settled++;
    }
    assertThat(callers)
        .allSatisfy(
            caller -> assertThat(caller.result()).isEqualTo(caller.submission().payload()));
  }

  @Test
  void a_full_queue_rejects_the_task_as_safe_to_retry() throws IOException {
    admin("create function full");
    admin("maxqueue full 1");
    stage.submit(Caller.of("full", "1")).task();

    TaskRejectedException rejection = catchThrowableOfType(
        TaskRejectedException.class, () -> stage.submit(Caller.of("full", "2")).task());
    assertThat(rejection.reason()).isEqualTo(Reason.BROKER_FULL);
    assertThat(rejection.isSafeToRetry()).isTrue();
    assertThat(rejection.taskName()).isEqualTo("full");
    stage.submit(Caller.of("other", "the connection goes on")).task();
  }

  @Nested
  class A_unique_key {

    @Test
    void joins_tasks_that_wait_and_each_caller_gets_the_one_result() {
      List<Caller> joined = IntStream.range(0, 3)
          .mapToObj(i -> stage.submit(Caller.unique("t", "payload " + i, true, "key")))
          .toList();
      joined.forEach(Caller::task);
      Caller other = stage.submit(Caller.unique("t", "other", true, "other key"));
      List<String> seen = new ArrayList<>();
      stage.consume("t", 1, delivery -> {
        seen.add(delivery.payload().toString());
        delivery.data(Buffer.buffer("part"));
        delivery.complete(delivery.payload(), Map.of());
      });

      assertThat(other.result()).hasToString("other");
      assertThat(joined).allSatisfy(caller -> {
        assertThat(caller.result()).hasToString("payload 0");
        assertThat(caller.parts()).containsExactly("part");
      });
      assertThat(seen).containsExactly("payload 0", "other");
    }

    @Test
    void of_a_task_with_a_result_does_not_meet_that_of_one_without() {
      stage.submit(Caller.unique("t", "with", true, "key")).task();
      stage.submit(Caller.unique("t", "without", false, "key")).task();
      LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
      stage.consume("t", 1, delivery -> {
        seen.add(delivery.payload().toString());
        delivery.complete(Buffer.buffer(), Map.of());
      });

      assertThat(List.of(Await.next(seen), Await.next(seen)))
          .containsExactlyInAnyOrder("with", "without");
    }

    @Test
    void may_have_61_bytes_and_no_more() {
      String longest = "é".repeat(30) + "x";
      stage.consume("t", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));

      assertThat(stage.submit(Caller.unique("t", "p", true, longest)).result()).hasToString("p");
      assertThatThrownBy(
              () -> stage.submit(Caller.unique("t", "p", true, longest + "x")).task())
          .isInstanceOf(TaskRejectedException.class)
          .hasMessageContaining("61");
      assertThatThrownBy(
              () -> stage.submit(Caller.unique("t", "p", true, "a\0b")).task())
          .isInstanceOf(TaskRejectedException.class)
          .hasMessageContaining("NUL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void a_name_that_cannot_travel_is_refused(String name) {
    assertThatThrownBy(() -> stage.submit(Caller.of(name, "")).task())
        .isInstanceOfSatisfying(
            TaskRejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    assertThatThrownBy(() -> stage.consume(name, 1, delivery -> {}))
        .isInstanceOfSatisfying(
            BrokerConnectException.class, e -> assertThat(e.isRetryable()).isFalse());
  }

  @Test
  void a_name_may_have_255_bytes_and_no_more() {
    String longest = "ä".repeat(127) + "x";
    stage.consume(longest, 1, delivery -> delivery.complete(delivery.payload(), Map.of()));

    assertThat(stage.submit(Caller.of(longest, "p")).result()).hasToString("p");
    assertThatThrownBy(() -> stage.submit(Caller.of(longest + "x", "")).task())
        .isInstanceOf(TaskRejectedException.class)
        .hasMessageContaining("255");
  }

  @Test
  void a_payload_over_the_limit_is_rejected_by_the_caller() {
    assertThatThrownBy(() -> stage
            .submit(Caller.of("t", Buffer.buffer(new byte[Stage.MAX_PAYLOAD + 1])))
            .task())
        .isInstanceOfSatisfying(
            TaskRejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {Stage.MAX_PAYLOAD + 1, 3_000_000})
  void a_payload_over_the_limit_of_the_worker_fails_as_too_large_and_the_worker_goes_on(
      int length) {
    List<Integer> seen = new ArrayList<>();
    stage.consume("t", 1, delivery -> {
      seen.add(delivery.payload().length());
      delivery.complete(Buffer.buffer("taken"), Map.of());
    });
    try (Stage generous = Stage.of(new GearmanTransportProvider(), broker.port())
        .with(CoreOptions.MAX_PAYLOAD, 4_000_000)
        .connect()) {
      Failure failure = failure(generous.submit(Caller.of("t", Buffer.buffer(new byte[length]))));

      assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
      assertThat(failure.message()).contains(Integer.toString(length));
      assertThat(generous.submit(Caller.of("t", "x")).result()).hasToString("taken");
      assertThat(seen).containsExactly(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Stage.MAX_PAYLOAD + 1, 3_000_000})
  void a_result_over_the_limit_of_the_caller_fails_as_too_large_and_the_caller_goes_on(int length) {
    try (Stage generous = Stage.of(new GearmanTransportProvider(), broker.port())
        .with(CoreOptions.MAX_PAYLOAD, 4_000_000)
        .connect()) {
      generous.consume(
          "t",
          1,
          delivery -> delivery.complete(
              Buffer.buffer(new byte[Integer.parseInt(delivery.payload().toString())]), Map.of()));

      assertThat(failure(stage.submit(Caller.of("t", "" + length))).code())
          .isEqualTo(FailureCode.TOO_LARGE);
      assertThat(stage.submit(Caller.of("t", "2")).result().length()).isEqualTo(2);
    }
  }

  @Nested
  class When_the_broker_is_killed {

    @Test
    void the_outcome_of_accepted_tasks_is_unknown_and_session_and_consumers_are_lost() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      LinkedBlockingQueue<Throwable> consumersLost = new LinkedBlockingQueue<>();
      LinkedBlockingQueue<Throwable> leasesLost = new LinkedBlockingQueue<>();
      stage.consume("t", 1, deliveries::add, consumersLost::add);
      Caller running = stage.submit(Caller.of("t", "1"));
      Caller queued = stage.submit(Caller.of("t", "2"));
      queued.task();
      Delivery delivery = Await.next(deliveries);
      stage.run(() -> delivery.onLeaseLost(leasesLost::add));
      broker.kill();

      assertThat(Await.next(stage.sessionsLost())).isInstanceOf(BrokerConnectException.class);
      assertThat(Await.next(consumersLost)).isInstanceOf(BrokerConnectException.class);
      assertThat(Await.next(leasesLost)).isInstanceOf(BrokerConnectException.class);
      for (Caller caller : List.of(running, queued)) {
        assertThatThrownBy(caller::result)
            .isInstanceOfSatisfying(OutcomeUnknownException.class, unknown -> {
              assertThat(unknown.taskId()).isEqualTo(caller.task().id());
              assertThat(unknown.isSafeToRetry()).isFalse();
            });
      }
      assertThat(stage.get(() -> delivery.complete(Buffer.buffer(), Map.of())))
          .isEqualTo(Settled.CONNECTION_LOST);
    }

    @Test
    void a_new_session_works_after_its_restart() {
      broker.kill();
      Await.next(stage.sessionsLost());
      broker.start();
      stage.connect();
      stage.consume("t", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));

      assertThat(stage.submit(Caller.of("t", "again")).result()).hasToString("again");
    }
  }

  @Nested
  class A_consumer {

    @Test
    void that_drains_finishes_what_runs_and_takes_no_more() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      Consumer consumer = stage.consume("t", 1, deliveries::add);
      Caller running = stage.submit(Caller.of("t", "1"));
      Caller waiting = stage.submit(Caller.of("t", "2"));
      Delivery delivery = Await.next(deliveries);
      List<Future<Void>> drained = new ArrayList<>();
      stage.run(() -> drained.add(consumer.drain()));

      assertThat(drained.get(0).isComplete()).isFalse();
      stage.run(() -> delivery.complete(Buffer.buffer("done"), Map.of()));
      Await.value(drained.get(0));
      assertThat(running.result()).hasToString("done");
      assertThat(deliveries).isEmpty();

      stage.get(consumer::close);
      stage.consume("t", 1, next -> next.complete(Buffer.buffer("by another"), Map.of()));
      assertThat(waiting.result()).hasToString("by another");
    }

    @Test
    void that_is_closed_gives_its_tasks_to_another() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      LinkedBlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
      Consumer consumer = stage.consume("t", 1, deliveries::add, lost::add);
      Caller caller = stage.submit(Caller.of("t", "1"));
      Delivery delivery = Await.next(deliveries);
      stage.get(consumer::close);

      assertThat(stage.get(() -> delivery.fail(new Failure(FailureCode.HANDLER, "", "", null))))
          .isEqualTo(Settled.CONNECTION_LOST);
      stage.consume("t", 1, next -> next.complete(Buffer.buffer("by another"), Map.of()));
      assertThat(caller.result()).hasToString("by another");
      assertThat(lost).isEmpty();
    }

    @Test
    void that_is_given_a_task_back_is_lost_when_the_others_are_done() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      LinkedBlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
      stage.consume("t", 2, deliveries::add, lost::add);
      Caller first = stage.submit(Caller.of("t", "1"));
      Caller second = stage.submit(Caller.of("t", "2"));
      Delivery kept = Await.next(deliveries);
      Delivery returned = Await.next(deliveries);
      stage.get(returned::giveBack);
      stage.get(() -> kept.complete(Buffer.buffer("kept"), Map.of()));

      Await.next(lost);
      stage.consume("t", 1, next -> next.complete(Buffer.buffer("returned"), Map.of()));
      assertThat(List.of(first.result().toString(), second.result().toString()))
          .containsExactlyInAnyOrder("kept", "returned");
    }

    @Test
    void that_is_paused_takes_nothing_until_it_is_resumed() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      Consumer consumer = stage.consume("t", 1, deliveries::add);
      stage.run(consumer::pause);
      stage.get(stage.session()::ping);
      Caller first = stage.submit(Caller.of("t", "1"));
      first.task();
      Caller second = stage.submit(Caller.of("t", "2"));
      second.task();
      // At most the one task for which it had asked before.
      stage.get(stage.session()::ping);
      assertThat(deliveries.size()).isLessThanOrEqualTo(1);
      stage.run(consumer::resume);

      Delivery one = Await.next(deliveries);
      stage.run(() -> one.complete(Buffer.buffer(), Map.of()));
      Delivery two = Await.next(deliveries);
      stage.run(() -> two.complete(Buffer.buffer(), Map.of()));
      first.result();
      second.result();
    }

    @Test
    void settles_each_delivery_only_once() {
      LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
      stage.consume("t", 1, deliveries::add);
      stage.submit(Caller.of("t", "1"));
      Delivery delivery = Await.next(deliveries);
      assertThat(stage.get(() -> delivery.complete(Buffer.buffer(), Map.of())))
          .isEqualTo(Settled.DONE);

      assertThatThrownBy(() -> stage.get(() -> {
            try {
              return delivery.complete(Buffer.buffer(), Map.of());
            } catch (RuntimeException e) {
              return Future.failedFuture(e);
            }
          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("settled already");
    }
  }

  @Test
  void consumers_that_drain_under_load_one_after_the_other_lose_no_result() {
    List<Caller> callers = IntStream.range(0, 5_000)
        .mapToObj(i -> Caller.of("moving", "task " + i))
        .toList();
    stage.run(() -> callers.forEach(caller -> stage.session().submit(caller.submission(), caller)));
    callers.get(callers.size() - 1).task();
    List<String> seen = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      LinkedBlockingQueue<Boolean> enough = new LinkedBlockingQueue<>();
      int before = seen.size();
      Consumer consumer = stage.consume("moving", 16, delivery -> {
        seen.add(delivery.payload().toString());
        // A turn later, so that the drain finds tasks running.
        stage.context().runOnContext(turn -> delivery.complete(delivery.payload(), Map.of()));
        if (seen.size() == before + 300) {
          enough.add(true);
        }
      });
      Await.next(enough);
      stage.get(consumer::drain);
      stage.get(consumer::close);
    }
    stage.consume("moving", 16, delivery -> {
      seen.add(delivery.payload().toString());
      delivery.complete(delivery.payload(), Map.of());
    });

    assertThat(callers)
        .allSatisfy(
            caller -> assertThat(caller.result()).isEqualTo(caller.submission().payload()));
    // Nothing ran twice: what a drained consumer had begun it also finished.
    assertThat(seen).hasSameSizeAs(callers).doesNotHaveDuplicates();
  }

  @Test
  void nothing_stays_connected_after_close() {
    stage.consume("a", 1, delivery -> {});
    stage.consume("b", 1, delivery -> {});
    assertThat(broker.connections()).isEqualTo(3);
    stage.get(() -> stage.session().close());

    Awaitility.await().untilAsserted(() -> assertThat(broker.connections()).isZero());
    assertThat(stage.sessionsLost()).isEmpty();
  }

  private static Failure failure(Caller caller) {
    return catchThrowableOfType(Failed.class, caller::result).failure();
  }

  private void admin(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII))
          .isEqualTo("OK");
    }
  }
}
