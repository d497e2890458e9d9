/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Priority;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus.State;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.connection.LeaseLostException;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Delivery.ReplyExpected;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Settled;
import io.taskwire.spi.Submission;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BeanstalkTransportTest {

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();
  private Stage stage;

  @BeforeEach
  void start() {
    broker.start();
    stage = Stage.of(new BeanstalkTransportProvider(), broker.port()).connect();
  }

  @AfterEach
  void stop() {
    stage.close();
    broker.close();
  }

  private static Caller noResponse(String task, String payload) {
    return Caller.with(
        task, Buffer.buffer(payload, "ISO-8859-1"), false, Priority.NORMAL, Map.of());
  }

  private static Caller delayed(String task, Duration delay) {
    return new Caller(new Submission(
        task,
        Buffer.buffer("later"),
        Submission.RAW,
        false,
        Priority.NORMAL,
        delay,
        null,
        null,
        null,
        Map.of()));
  }

  private LinkedBlockingQueue<Delivery> deliveries(String task, int concurrency) {
    LinkedBlockingQueue<Delivery> all = new LinkedBlockingQueue<>();
    stage.consume(task, concurrency, all::add);
    return all;
  }

  private Settled settle(java.util.function.Supplier<Future<Settled>> how) {
    return stage.get(how);
  }

  private void nothingIsLeft(RawClient raw, String... tubes) {
    for (String tube : tubes) {
      String stats = raw.ask("stats-tube " + tube);
      assertThat(stats)
          .satisfiesAnyOf(
              s -> assertThat(s).isEqualTo("NOT_FOUND"),
              s -> assertThat(s)
                  .contains("current-jobs-ready: 0", "current-jobs-reserved: 0")
                  .contains("current-jobs-delayed: 0", "current-jobs-buried: 0"));
    }
  }

  @Test
  void result_comes_back_and_caller_and_worker_see_the_same_id() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("greet", 4);
    Caller caller = stage.submit(Caller.of("greet", "hello"));
    Delivery delivery = Await.next(deliveries);
    assertThat(delivery.payload().toString()).isEqualTo("hello");
    assertThat(delivery.id()).isEqualTo(caller.task().id());
    assertThat(delivery.replyExpected()).isEqualTo(ReplyExpected.YES);
    assertThat(settle(() -> delivery.complete(Buffer.buffer("world"), Map.of("x-a", "b"))))
        .isEqualTo(Settled.DONE);
    assertThat(caller.result().toString()).isEqualTo("world");
    assertThat(Await.value(caller.end()).headers()).containsEntry("x-a", "b");
    try (RawClient raw = new RawClient(broker.port())) {
      nothingIsLeft(raw, "greet");
      assertThat(raw.ask("stats")).contains("current-jobs-ready: 0", "current-jobs-reserved: 0");
    }
  }

  @Test
  void ten_thousand_tasks_in_flight_all_come_back() {
    stage.consume("echo", 64, delivery -> delivery.complete(delivery.payload(), Map.of()));
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      callers.add(Caller.of("echo", "payload " + i));
    }
    stage.run(() -> callers.forEach(caller -> stage.session().submit(caller.submission(), caller)));
    for (int i = 0; i < callers.size(); i++) {
      assertThat(callers.get(i).result().toString()).isEqualTo("payload " + i);
    }
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats").contains("current-jobs-reserved: 0\n"));
      nothingIsLeft(raw, "echo");
    }
  }

  @Test
  void results_that_pile_up_share_reply_jobs() {
    List<Delivery> held = new ArrayList<>();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      callers.add(Caller.of("pile", "payload " + i));
    }
    stage.consume("pile", 200, delivery -> {
      held.add(delivery);
      if (held.size() == callers.size()) {
        held.forEach(each -> each.complete(each.payload(), Map.of()));
      }
    });
    stage.run(() -> callers.forEach(caller -> stage.session().submit(caller.submission(), caller)));
    for (int i = 0; i < callers.size(); i++) {
      assertThat(callers.get(i).result().toString()).isEqualTo("payload " + i);
    }
    try (RawClient raw = new RawClient(broker.port())) {
      // Each task, and a few jobs with all their replies.
      assertThat(number(raw.ask("stats"), "total-jobs: ")).isBetween(201, 210);
      await().until(() -> raw.ask("stats").contains("current-jobs-reserved: 0\n"));
      nothingIsLeft(raw, "pile");
    }
  }

  private static int number(String stats, String key) {
    int at = stats.indexOf(key) + key.length();
    return Integer.parseInt(stats.substring(at, stats.indexOf('\n', at)));
  }

  @Test
  void request_without_the_word_for_it_gets_one_reply_a_job() {
    stage.consume("alone", 10, delivery -> delivery.complete(delivery.payload(), Map.of()));
    try (RawClient raw = new RawClient(broker.port())) {
      for (int i = 0; i < 10; i++) {
        // id=<i>, reply-to=back: what a caller of any other make says.
        raw.put(
            "alone",
            60,
            "\u00c1TW\u0001\u0082\u00a2id\u00a1" + i + "\u00a8reply-to\u00a4back" + "hello " + i);
      }
      raw.say("watch back");
      for (int i = 0; i < 10; i++) {
        assertThat(raw.ask("reserve"))
            .isEqualTo("\u00c1TW\u0001\u0081\u00a2id\u00a1" + i + "hello " + i);
      }
    }
  }

  @Test
  void body_without_response_is_the_plain_payload() {
    String bytes = "\0\r\n\u00c1\u00ff not an envelope";
    stage.submit(noResponse("plain", bytes)).task();
    try (RawClient raw = new RawClient(broker.port())) {
      raw.say("watch plain");
      assertThat(raw.ask("reserve")).isEqualTo(bytes);
    }
  }

  @Test
  void job_of_a_foreign_peer_is_handled_and_deleted() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("foreign", 1);
    try (RawClient raw = new RawClient(broker.port())) {
      long id = raw.put("foreign", 60, "a plain job");
      Delivery delivery = Await.next(deliveries);
      assertThat(delivery.payload().toString()).isEqualTo("a plain job");
      assertThat(delivery.id()).isEqualTo(Long.toString(id));
      assertThat(delivery.replyExpected()).isEqualTo(ReplyExpected.NO);
      assertThat(settle(() -> delivery.complete(Buffer.buffer("ignored"), Map.of())))
          .isEqualTo(Settled.DONE);
      assertThat(raw.say("stats-job " + id)).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void name_that_is_no_tube_is_escaped_and_served() {
    stage.consume("zażółć: gęślą", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));
    assertThat(stage.submit(Caller.of("zażółć: gęślą", "x")).result().toString())
        .isEqualTo("x");
  }

  @Test
  void name_that_does_not_fit_is_rejected() {
    Caller caller = stage.submit(Caller.of("ż".repeat(100), "x"));
    assertThatThrownBy(caller::task)
        .isInstanceOfSatisfying(
            TaskRejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    assertThatThrownBy(() -> stage.consume("ż".repeat(100), 1, delivery -> {}))
        .isInstanceOfSatisfying(
            BrokerConnectException.class, e -> assertThat(e.isRetryable()).isFalse());
  }

  @Test
  void failure_carries_code_type_message_and_details() {
    Failure failure =
        new Failure(FailureCode.HANDLER, "java.lang.IllegalStateException", "no stock", "item 7");
    stage.consume("fails", 1, delivery -> delivery.fail(failure));
    Caller caller = stage.submit(Caller.of("fails", "x"));
    assertThatThrownBy(caller::result)
        .isInstanceOfSatisfying(
            Caller.Failed.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  @Test
  void urgent_tasks_come_first() {
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      stage
          .submit(Caller.with("order", Buffer.buffer(priority.name()), false, priority, Map.of()))
          .task();
    }
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    stage.consume("order", 1, delivery -> {
      order.add(delivery.payload().toString());
      delivery.complete(Buffer.buffer(), Map.of());
    });
    assertThat(List.of(Await.next(order), Await.next(order), Await.next(order)))
        .containsExactly("HIGH", "NORMAL", "LOW");
  }

  @Test
  void delayed_task_is_delayed_at_the_broker_then_comes() {
    Caller caller = stage.submit(delayed("later", Duration.ofMillis(1001)));
    assertThat(stage.get(caller.task()::status).state()).isEqualTo(State.DELAYED);
    try (RawClient raw = new RawClient(broker.port())) {
      assertThat(raw.ask("stats-job " + caller.task().id())).contains("delay: 2\n");
    }
    assertThat(Await.next(deliveries("later", 1)).payload().toString()).isEqualTo("later");
  }

  @Test
  void retry_comes_back_with_its_attempt_and_priority_until_it_is_set_aside() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("again", 1);
    stage
        .submit(Caller.with("again", Buffer.buffer("x"), false, Priority.LOW, Map.of()))
        .task();
    for (int attempt = 1; attempt <= 5; attempt++) {
      Delivery delivery = Await.next(deliveries);
      if (attempt > 1) {
        assertThat(delivery.attempt()).hasValue(attempt);
      }
      assertThat(settle(() -> delivery.retry(Duration.ZERO))).isEqualTo(Settled.DONE);
    }
    try (RawClient raw = new RawClient(broker.port())) {
      assertThat(raw.ask("stats-tube again")).contains("current-jobs-buried: 1");
      assertThat(raw.ask("stats-job 1")).contains("pri: 2048");
    }
  }

  @Test
  void dead_letter_is_buried_and_its_caller_told() {
    stage.consume(
        "dead",
        1,
        delivery -> delivery.deadLetter(new Failure(FailureCode.REJECTED, "", "no use", null)));
    Caller caller = stage.submit(Caller.of("dead", "x"));
    assertThatThrownBy(caller::result)
        .isInstanceOf(Caller.Failed.class)
        .hasMessageContaining("no use");
    await().until(() -> stage.get(caller.task()::status).state() == State.DEAD);
  }

  @Test
  void job_that_was_reserved_too_often_is_set_aside_unseen() {
    try (RawClient raw = new RawClient(broker.port())) {
      long id = raw.put("poison", 60, "x");
      raw.say("watch poison");
      for (int i = 0; i < 5; i++) {
        raw.ask("reserve-with-timeout 0");
        raw.say("release " + id + " 1024 0");
      }
      raw.put("poison", 60, "harmless");
      LinkedBlockingQueue<Delivery> deliveries = deliveries("poison", 1);
      assertThat(Await.next(deliveries).payload().toString()).isEqualTo("harmless");
      assertThat(raw.ask("stats-job " + id)).contains("state: buried");
    }
  }

  @Test
  void lease_is_renewed_while_the_handler_runs() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("slow", 2);
    try (RawClient raw = new RawClient(broker.port())) {
      long id = raw.put("slow", 2, "x");
      Delivery delivery = Await.next(deliveries);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> raw.ask("stats-job " + id).contains("age: 5"));
      assertThat(raw.ask("stats-job " + id)).contains("reserves: 1\n", "timeouts: 0\n");
      assertThat(settle(() -> delivery.complete(Buffer.buffer(), Map.of())))
          .isEqualTo(Settled.DONE);
    }
    assertThat(deliveries).isEmpty();
  }

  @Test
  void lost_lease_is_told_to_the_handler_and_nothing_is_deleted() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("lease", 2);
    try (RawClient raw = new RawClient(broker.port())) {
      // One second cannot be renewed in time: the broker gives the job out again.
      long id = raw.put("lease", 1, "x");
      Delivery first = Await.next(deliveries);
      LinkedBlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
      stage.run(() -> first.onLeaseLost(told::add));
      Delivery second = Await.next(deliveries);
      assertThat(Await.next(told)).isInstanceOf(LeaseLostException.class);
      assertThat(settle(() -> first.complete(Buffer.buffer(), Map.of())))
          .isEqualTo(Settled.LEASE_LOST);
      assertThat(raw.ask("peek " + id)).isEqualTo("x");
      assertThat(settle(() -> second.complete(Buffer.buffer(), Map.of())))
          .isIn(Settled.DONE, Settled.LEASE_LOST);
    }
  }

  @Test
  void settling_twice_is_a_mistake() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("twice", 1);
    stage.submit(noResponse("twice", "x"));
    Delivery delivery = Await.next(deliveries);
    settle(() -> delivery.complete(Buffer.buffer(), Map.of()));
    stage.run(() -> assertThatThrownBy(
            () -> delivery.fail(new Failure(FailureCode.HANDLER, "", "", null)))
        .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void result_too_large_for_the_broker_fails_the_caller_and_ends_the_task() {
    stage.consume(
        "large", 1, delivery -> delivery.complete(Buffer.buffer(new byte[70_000]), Map.of()));
    Caller caller = stage.submit(Caller.of("large", "x"));
    assertThatThrownBy(caller::result)
        .isInstanceOfSatisfying(
            Caller.Failed.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_LARGE));
    await().until(() -> stage.get(caller.task()::status).state() == State.UNKNOWN);
  }

  @Test
  void task_too_large_for_the_broker_is_rejected_and_the_next_is_taken() {
    Caller large = stage.submit(Caller.of("big", Buffer.buffer(new byte[70_000])));
    assertThatThrownBy(large::task).isInstanceOfSatisfying(TaskRejectedException.class, e -> {
      assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
      assertThat(e.isSafeToRetry()).isTrue();
      assertThat(e).hasMessageContaining("65535");
    });
    assertThat(stage.submit(noResponse("big", "small")).task().id()).isEqualTo("1");
  }

  @Test
  void broker_in_drain_mode_rejects_submits_and_keeps_tasks_whose_reply_it_refuses() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("drained", 1);
    Caller waiting = stage.submit(Caller.of("drained", "x"));
    waiting.task();
    Delivery delivery = Await.next(deliveries);
    broker.drain();
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats").contains("draining: true"));
      assertThatThrownBy(() -> stage.submit(noResponse("drained", "y")).task())
          .isInstanceOfSatisfying(TaskRejectedException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.BROKER_FULL);
            assertThat(e.isSafeToRetry()).isTrue();
          });
      settle(() -> delivery.complete(Buffer.buffer("answer"), Map.of()));
      assertThat(raw.ask("stats-tube drained")).contains("current-jobs-delayed: 1");
    }
  }

  @Test
  void status_follows_the_task_and_a_queued_task_can_be_cancelled() {
    Caller first = stage.submit(Caller.of("watched", "1"));
    Caller second = stage.submit(Caller.of("watched", "2"));
    assertThat(stage.get(second.task()::status).state()).isEqualTo(State.QUEUED);
    assertThat(stage.get(second.task()::cancel)).isTrue();
    assertThat(stage.get(second.task()::status).state()).isEqualTo(State.UNKNOWN);
    LinkedBlockingQueue<Delivery> deliveries = deliveries("watched", 2);
    Delivery delivery = Await.next(deliveries);
    assertThat(delivery.payload().toString()).isEqualTo("1");
    assertThat(stage.get(first.task()::status).state()).isEqualTo(State.RUNNING);
    assertThat(stage.get(first.task()::cancel)).isFalse();
    settle(() -> delivery.complete(Buffer.buffer("done"), Map.of()));
    assertThat(first.result().toString()).isEqualTo("done");
    assertThat(deliveries).isEmpty();
  }

  @Test
  void reply_to_an_abandoned_task_is_dropped_and_reported() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("abandoned", 1);
    Caller caller = stage.submit(Caller.of("abandoned", "x"));
    String id = caller.task().id();
    stage.run(() -> caller.task().abandon());
    Delivery delivery = Await.next(deliveries);
    settle(() -> delivery.complete(Buffer.buffer("late"), Map.of()));
    assertThat(Await.next(stage.lateReplies())).isEqualTo(id);
    assertThat(caller.end().isComplete()).isFalse();
  }

  @Test
  void reply_is_skipped_when_the_caller_has_stopped_waiting() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("overdue", 1);
    stage.submit(new Caller(new Submission(
        "overdue",
        Buffer.buffer("x"),
        Submission.RAW,
        true,
        Priority.NORMAL,
        Duration.ZERO,
        null,
        null,
        Duration.ofMillis(1),
        Map.of())));
    Delivery delivery = Await.next(deliveries);
    assertThat(delivery.headers()).containsEntry(Headers.TIMEOUT, "1");
    await().pollDelay(Duration.ofMillis(5)).until(() -> true);
    assertThat(settle(() -> delivery.complete(Buffer.buffer(), Map.of()))).isEqualTo(Settled.DONE);
    try (RawClient raw = new RawClient(broker.port())) {
      // One job was put: the task itself.
      assertThat(raw.ask("stats")).contains("total-jobs: 1\n");
    }
  }

  @Test
  void handlers_that_are_busy_for_long_do_not_keep_others_from_work() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("busy", 8);
    List<Delivery> held = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stage.submit(noResponse("busy", "job " + i)).task();
      held.add(Await.next(deliveries));
    }
    stage.submit(noResponse("busy", "one too many")).task();
    try (RawClient raw = new RawClient(broker.port())) {
      assertThat(raw.ask("stats-tube busy"))
          .contains("current-jobs-reserved: 8", "current-jobs-ready: 1");
      settle(() -> held.get(3).complete(Buffer.buffer(), Map.of()));
      assertThat(Await.next(deliveries).payload().toString()).isEqualTo("one too many");
    }
  }

  @Test
  void paused_consumer_takes_nothing_until_it_is_resumed() {
    LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    Consumer consumer = stage.consume("paused", 2, deliveries::add);
    stage.run(consumer::pause);
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats-tube paused").equals("NOT_FOUND"));
      stage.submit(noResponse("paused", "x")).task();
      assertThat(raw.ask("stats-tube paused"))
          .contains("current-jobs-ready: 1", "current-waiting: 0");
    }
    assertThat(deliveries).isEmpty();
    stage.run(consumer::resume);
    assertThat(Await.next(deliveries).payload().toString()).isEqualTo("x");
  }

  @Test
  void drain_waits_for_what_is_handled_and_takes_nothing_new() {
    LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    Consumer consumer = stage.consume("drain", 1, deliveries::add);
    stage.submit(noResponse("drain", "1")).task();
    Delivery delivery = Await.next(deliveries);
    stage.submit(noResponse("drain", "2")).task();
    List<Future<Void>> drained = new ArrayList<>();
    stage.run(() -> drained.add(consumer.drain()));
    assertThat(drained.get(0).isComplete()).isFalse();
    settle(() -> delivery.complete(Buffer.buffer(), Map.of()));
    Await.value(drained.get(0));
    try (RawClient raw = new RawClient(broker.port())) {
      assertThat(raw.ask("stats-tube drain"))
          .contains("current-jobs-ready: 1", "current-watching: 0", "cmd-delete: 1");
    }
    assertThat(deliveries).isEmpty();
  }

  @Test
  void closing_a_consumer_gives_its_jobs_back() {
    LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    Consumer consumer = stage.consume("closed", 1, deliveries::add);
    stage.submit(noResponse("closed", "x")).task();
    Delivery delivery = Await.next(deliveries);
    LinkedBlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    stage.run(() -> delivery.onLeaseLost(told::add));
    stage.get(consumer::close);
    Await.next(told);
    assertThat(settle(() -> delivery.complete(Buffer.buffer(), Map.of())))
        .isEqualTo(Settled.CONNECTION_LOST);
    assertThat(Await.next(deliveries("closed", 1)).attempt()).hasValue(2);
  }

  @Test
  void given_back_job_comes_again() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("back", 1);
    stage.submit(noResponse("back", "x")).task();
    Delivery delivery = Await.next(deliveries);
    assertThat(settle(delivery::giveBack)).isEqualTo(Settled.DONE);
    assertThat(Await.next(deliveries).payload().toString()).isEqualTo("x");
  }

  @Test
  void closed_session_leaves_no_connection() {
    deliveries("any", 1);
    stage.consume("echo", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));
    stage.submit(Caller.of("echo", "x")).result();
    assertThat(broker.connections()).isEqualTo(4);
    stage.get(stage.session()::close);
    await().until(() -> broker.connections() == 0);
    assertThat(stage.sessionsLost()).isEmpty();
  }

  @Test
  void ping_is_answered() {
    stage.get(stage.session()::ping);
  }

  @Test
  void capabilities_are_those_of_the_broker_at_hand() {
    assertThat(stage.session().capabilities().has(Feature.PERSISTENCE)).isFalse();
    assertThat(stage.session().capabilities().has(Feature.RESULTS)).isTrue();
    try (BeanstalkdBroker persistent = BeanstalkdBroker.withBinlog()) {
      persistent.start();
      try (Stage other =
          Stage.of(new BeanstalkTransportProvider(), persistent.port()).connect()) {
        assertThat(other.session().capabilities().has(Feature.PERSISTENCE)).isTrue();
      }
    }
  }

  @Test
  void without_envelopes_results_are_refused_and_plain_tasks_pass() {
    try (Stage plain = Stage.of(new BeanstalkTransportProvider(), broker.port())
        .with(CoreOptions.ENVELOPE, EnvelopeMode.NEVER)) {
      plain.connect();
      assertThat(plain.session().capabilities().has(Feature.RESULTS)).isFalse();
      assertThatThrownBy(() -> plain.submit(Caller.of("t", "x")).task())
          .isInstanceOf(UnsupportedOptionException.class);
      plain.submit(noResponse("t", "x")).task();
    }
  }

  @Test
  void something_that_is_no_beanstalkd_is_not_tried_again() {
    Vertx vertx = Vertx.vertx();
    try {
      NetServer server = Await.value(vertx
          .createNetServer()
          .connectHandler(
              socket -> socket.handler(c -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")))
          .listen(0, "127.0.0.1"));
      try (Stage other = Stage.of(new BeanstalkTransportProvider(), server.actualPort())) {
        assertThatThrownBy(other::connect)
            .isInstanceOfSatisfying(
                BrokerConnectException.class, e -> assertThat(e.isRetryable()).isFalse());
      }
    } finally {
      Await.value(vertx.close());
    }
  }

  @Test
  void broker_that_is_not_there_is_worth_another_attempt() {
    try (BeanstalkdBroker absent = BeanstalkdBroker.create();
        Stage other = Stage.of(new BeanstalkTransportProvider(), absent.port())) {
      assertThatThrownBy(other::connect)
          .isInstanceOfSatisfying(
              BrokerConnectException.class, e -> assertThat(e.isRetryable()).isTrue());
    }
  }

  @Test
  void broker_that_died_loses_session_consumers_and_submits_once_each() {
    LinkedBlockingQueue<Throwable> consumerLost = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    stage.consume("mortal", 1, deliveries::add, consumerLost::add);
    stage.submit(noResponse("mortal", "x")).task();
    Delivery delivery = Await.next(deliveries);
    broker.freeze();
    Caller inFlight = stage.submit(Caller.of("mortal", "y"));
    broker.kill();
    assertThatThrownBy(inFlight::task).isInstanceOf(OutcomeUnknownException.class);
    Await.next(stage.sessionsLost());
    Await.next(consumerLost);
    assertThat(settle(() -> delivery.complete(Buffer.buffer(), Map.of())))
        .isEqualTo(Settled.CONNECTION_LOST);
    assertThat(stage.sessionsLost()).isEmpty();
    assertThat(consumerLost).isEmpty();
  }

  @Test
  void results_of_a_broker_that_forgot_are_unknown_after_the_reconnect() {
    Caller waiting = stage.submit(Caller.of("forgotten", "x"));
    waiting.task();
    broker.kill();
    Await.next(stage.sessionsLost());
    assertThat(waiting.end().isComplete()).isFalse();
    broker.start();
    stage.connect();
    assertThatThrownBy(waiting::result)
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("without a binlog");
    stage.consume("forgotten", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));
    assertThat(stage.submit(Caller.of("forgotten", "again")).result().toString())
        .isEqualTo("again");
  }

  @Test
  void caller_goes_on_waiting_across_the_restart_of_a_broker_with_a_binlog() {
    try (BeanstalkdBroker persistent = BeanstalkdBroker.withBinlog()) {
      persistent.start();
      try (Stage other =
          Stage.of(new BeanstalkTransportProvider(), persistent.port()).connect()) {
        Caller waiting = other.submit(Caller.of("kept", "x"));
        waiting.task();
        persistent.kill();
        Await.next(other.sessionsLost());
        persistent.start();
        other.connect();
        other.consume("kept", 1, delivery -> delivery.complete(Buffer.buffer("after"), Map.of()));
        assertThat(waiting.result().toString()).isEqualTo("after");
      }
    }
  }

  @Test
  void raw_bytes_pass_both_ways() {
    stage.consume("bytes", 4, delivery -> delivery.complete(delivery.payload(), Map.of()));
    for (String bytes :
        List.of("", "\0", "\r\n", "\u00c1", "\u00c1TW\u0001", "\u00c1TW\u0001\u0080")) {
      Caller caller = stage.submit(Caller.of("bytes", Buffer.buffer(bytes, "ISO-8859-1")));
      assertThat(caller.result().toString(ISO_8859_1)).isEqualTo(bytes);
    }
  }
}
