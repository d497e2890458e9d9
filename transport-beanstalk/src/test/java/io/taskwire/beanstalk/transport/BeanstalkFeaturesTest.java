/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.Priority;
import io.taskwire.Support;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskStatus.State;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Submission;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports, deadlines, and results for callers with a name, below the queue. */
@Timeout(60)
class BeanstalkFeaturesTest {

  private static final String SHOP = "tw.r.shop.k3600";

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();
  private Stage stage;

  @BeforeEach
  void start() {
    broker.start();
    stage = newStage().connect();
  }

  @AfterEach
  void stop() {
    stage.close();
    broker.close();
  }

  private Stage newStage() {
    return Stage.of(new BeanstalkTransportProvider(), broker.port());
  }

  private Stage shop() {
    return newStage().with(CoreOptions.CLIENT_ID, "shop");
  }

  private static Caller withDeadline(String task, boolean wantsResult, Duration deadline) {
    return new Caller(new Submission(
        task,
        Buffer.buffer("x"),
        Submission.RAW,
        wantsResult,
        Priority.NORMAL,
        Duration.ZERO,
        null,
        deadline,
        null,
        Map.of()));
  }

  private LinkedBlockingQueue<Delivery> deliveries(String task) {
    LinkedBlockingQueue<Delivery> all = new LinkedBlockingQueue<>();
    stage.consume(task, 4, all::add);
    return all;
  }

  private static long stat(RawClient raw, String key) {
    return raw.ask("stats")
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 2)))
        .sum();
  }

  // Reports.

  @Test
  void reports_come_before_the_result_and_in_order() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("reports");
    Caller caller = stage.submit(Caller.of("reports", "x"));
    Delivery delivery = Await.next(deliveries);

    stage.run(() -> {
      Future<Void> one = delivery.progress(1, 3);
      Future<Void> two = delivery.data(Buffer.buffer("chunk"));
      Future<Void> three = delivery.progress(3, 0);
      delivery.complete(Buffer.buffer("done"), Map.of());
      assertThat(List.of(one, two, three)).noneMatch(Future::failed);
    });

    assertThat(caller.result().toString()).isEqualTo("done");
    assertThat(caller.parts()).containsExactly("1/3", "chunk", "3/0");
  }

  @Test
  void reports_of_a_task_without_result_go_nowhere() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("silent");
    stage.submit(Caller.with("silent", Buffer.buffer("x"), false, Priority.NORMAL, Map.of()));
    Delivery delivery = Await.next(deliveries);

    stage.get(() -> delivery.progress(1, 2));
    stage.get(() -> delivery.data(Buffer.buffer("chunk")));

    try (RawClient raw = new RawClient(broker.port())) {
      assertThat(stat(raw, "total-jobs")).isEqualTo(1);
    }
  }

  @Test
  void a_caller_that_knows_of_no_reports_gets_its_result_alone() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("plain");
    try (RawClient raw = new RawClient(broker.port())) {
      // id=7, reply-to=back
      raw.put("plain", 60, "\u00c1TW\u0001\u0082\u00a2id\u00a17\u00a8reply-to\u00a4backx");
      Delivery delivery = Await.next(deliveries);
      stage.get(() -> delivery.progress(1, 2));
      stage.get(() -> delivery.data(Buffer.buffer("chunk")));
      stage.get(() -> delivery.complete(Buffer.buffer("done"), Map.of()));

      raw.say("watch back");
      assertThat(raw.ask("reserve")).isEqualTo("\u00c1TW\u0001\u0081\u00a2id\u00a17done");
      assertThat(raw.say("reserve-with-timeout 0")).isEqualTo("TIMED_OUT");
    }
  }

  @Test
  void a_report_behind_the_result_is_refused() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("late");
    stage.submit(Caller.of("late", "x"));
    Delivery delivery = Await.next(deliveries);
    stage.get(() -> delivery.complete(Buffer.buffer(), Map.of()));

    assertThatThrownBy(() -> stage.get(() -> delivery.progress(1, 2)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_chunk_too_large_for_the_broker_fails_for_itself() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("large");
    Caller caller = stage.submit(Caller.of("large", "x"));
    Delivery delivery = Await.next(deliveries);

    assertThatThrownBy(() -> stage.get(() -> delivery.data(Buffer.buffer(new byte[70_000]))))
        .isInstanceOfSatisfying(
            TaskRejectedException.class,
            refusal ->
                assertThat(refusal.reason()).isEqualTo(TaskRejectedException.Reason.TOO_LARGE));

    stage.get(() -> delivery.complete(Buffer.buffer("done"), Map.of()));
    assertThat(caller.result().toString()).isEqualTo("done");
  }

  @Test
  void a_handler_that_awaits_none_of_its_reports_is_stopped_at_a_limit() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("flood");
    stage.submit(Caller.of("flood", "x"));
    Delivery delivery = Await.next(deliveries);

    List<Future<Void>> reports = new ArrayList<>();
    stage.run(() -> {
      for (int i = 0; i < 200; i++) {
        reports.add(delivery.progress(i, 200));
      }
    });

    assertThat(reports.stream().filter(Future::failed)).hasSize(136);
  }

  @Test
  void a_handler_is_held_until_its_caller_has_read_what_waits() {
    LinkedBlockingQueue<Delivery> deliveries = deliveries("slow-caller");
    try (RawClient raw = new RawClient(broker.port())) {
      // id=7, reply-to=back, replies=many: a caller that understands, and reads nothing yet.
      raw.put(
          "slow-caller",
          60,
          "\u00c1TW\u0001\u0083\u00a2id\u00a17\u00a8reply-to\u00a4back\u00a7replies\u00a4manyx");
      Delivery delivery = Await.next(deliveries);
      for (int i = 0; i < ReportSender.MOST_UNREAD; i++) {
        raw.put("back", 60, "unread");
      }
      for (int i = 0; i < ReportSender.LOOK_EVERY - 1; i++) {
        int number = i;
        stage.get(() -> delivery.progress(number, 100));
      }
      List<Future<Void>> held = new ArrayList<>();
      stage.run(() -> held.add(delivery.progress(64, 100)));
      await()
          .until(() -> raw.ask("stats-tube back")
              .contains("current-jobs-ready: " + (ReportSender.MOST_UNREAD + 64)));
      assertThat(held.get(0).isComplete()).isFalse();

      raw.say("watch back");
      for (int i = 0; i < 70; i++) {
        raw.ask("reserve");
        raw.say("delete " + (i + 2));
      }

      Await.value(held.get(0));
    }
  }

  // Deadlines.

  @Test
  void a_task_in_time_runs_and_one_that_waited_too_long_does_not() {
    Caller late = stage.submit(withDeadline("deadline", true, Duration.ofMillis(900)));
    Caller silent = stage.submit(withDeadline("deadline", false, Duration.ofMillis(900)));
    Caller inTime = stage.submit(withDeadline("deadline", true, Duration.ofMinutes(5)));
    late.task();
    silent.task();
    inTime.task();
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> !raw.ask("stats-job 3").contains("\nage: 0\n"));
    }

    LinkedBlockingQueue<Delivery> deliveries = deliveries("deadline");
    Delivery delivery = Await.next(deliveries);
    stage.get(() -> delivery.complete(Buffer.buffer("done"), Map.of()));

    assertThat(inTime.result().toString()).isEqualTo("done");
    assertThat(Await.failure(late.end(), Caller.Failed.class).failure().code())
        .isEqualTo(FailureCode.TIMEOUT);
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats-tube deadline").contains("current-jobs-reserved: 0"));
      assertThat(raw.ask("stats-tube deadline")).contains("current-jobs-ready: 0");
    }
    assertThat(deliveries).isEmpty();
  }

  // Results of callers with a name.

  @Test
  void the_reply_tube_has_the_callers_name_and_is_watched_from_the_beginning() {
    try (RawClient raw = new RawClient(broker.port());
        Stage shop = shop().connect()) {
      assertThat(raw.ask("stats-tube " + SHOP)).contains("current-watching: 1");
      assertThat(shop.session().capabilities().of(Feature.DURABLE_RESULTS))
          .isEqualTo(Support.EMULATED);
    }
  }

  @Test
  void a_result_nobody_asked_for_is_buried_and_the_next_life_has_it() {
    String id;
    try (Stage first = shop().connect()) {
      id = first.submit(Caller.of("durable", "kept")).task().id();
    }
    stage.consume("durable", 4, job -> job.complete(job.payload(), Map.of()));
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats-tube " + SHOP).contains("current-jobs-ready: 1"));
      try (Stage second = shop().connect()) {
        await().until(() -> raw.ask("stats-tube " + SHOP).contains("current-jobs-buried: 1"));
        assertThat(second.session()).isNotNull();
      }
      try (Stage third = shop().connect()) {
        await().until(() -> raw.ask("stats-tube " + SHOP).contains("current-jobs-buried: 1"));
        Caller caller = Caller.of("durable", "");
        third.run(() -> third.transport().attach("durable", "raw", id, caller));

        assertThat(caller.result().toString()).isEqualTo("kept");
        await().until(() -> raw.ask("stats-tube " + SHOP).contains("current-jobs-buried: 0"));
        assertThat(stat(raw, "current-jobs-ready")).isZero();
      }
    }
  }

  @Test
  void results_that_share_a_job_are_kept_until_each_was_asked_for() {
    List<Delivery> held = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try (Stage first = shop().connect()) {
      for (int i = 0; i < 3; i++) {
        ids.add(first.submit(Caller.of("together", "result " + i)).task().id());
      }
    }
    stage.consume("together", 4, job -> {
      held.add(job);
      if (held.size() == 3) {
        held.forEach(each -> each.complete(each.payload(), Map.of()));
      }
    });
    try (RawClient raw = new RawClient(broker.port())) {
      await().until(() -> raw.ask("stats-tube " + SHOP).contains("current-jobs-ready: 1"));
      try (Stage second = shop().connect()) {
        for (int i = 0; i < 3; i++) {
          assertThat(raw.ask("stats-tube " + SHOP)).contains("cmd-delete: 0");
          Caller caller = Caller.of("together", "");
          String id = ids.get(i);
          second.run(() -> second.transport().attach("together", "raw", id, caller));
          assertThat(caller.result().toString()).isEqualTo("result " + i);
        }
        await().until(() -> raw.ask("stats-tube " + SHOP).contains("cmd-delete: 1"));
      }
    }
  }

  @Test
  void results_kept_for_another_time_in_an_earlier_life_are_found() {
    String id;
    try (Stage first =
        shop().with(CoreOptions.RESULTS_KEPT, Duration.ofHours(2)).connect()) {
      id = first.submit(Caller.of("longer", "kept")).task().id();
    }
    stage.consume("longer", 4, job -> job.complete(job.payload(), Map.of()));
    try (RawClient raw = new RawClient(broker.port());
        Stage second = shop()) {
      await().until(() -> raw.ask("stats-tube tw.r.shop.k7200").contains("current-jobs-ready: 1"));
      second.connect();
      Caller caller = Caller.of("longer", "");
      second.run(() -> second.transport().attach("longer", "raw", id, caller));

      assertThat(caller.result().toString()).isEqualTo("kept");
    }
  }

  @Test
  void results_wait_at_the_host_that_had_the_task_and_are_found_there() {
    TaskType<Integer, Integer> type = TaskType.of("spread", Integer.class, Integer.class);
    try (BeanstalkdBroker other = BeanstalkdBroker.create()) {
      other.start();
      String hosts = broker.url() + "," + "127.0.0.1:" + other.port();
      List<String> ids = new ArrayList<>();
      try (TaskQueue first = TaskQueue.open(hosts + "?clientId=shop");
          RawClient raw = new RawClient(broker.port());
          RawClient rawOther = new RawClient(other.port())) {
        await()
            .until(() -> raw.ask("list-tubes").contains(SHOP)
                && rawOther.ask("list-tubes").contains(SHOP));
        for (int i = 0; i < 20; i++) {
          ids.add(Await.value(first.task(type, i)).id());
        }
        assertThat(stat(raw, "total-jobs")).isBetween(1L, 19L);
      }
      try (TaskQueue worker = TaskQueue.open(hosts);
          TaskQueue second = TaskQueue.open(hosts + "?clientId=shop")) {
        worker.on(type, number -> number + 1);
        Await.value(worker.start());
        for (int i = 0; i < 20; i++) {
          assertThat(Await.value(second.attach(ids.get(i), type).result())).isEqualTo(i + 1);
        }
      }
    }
  }

  @Test
  void another_caller_whose_name_begins_alike_is_left_alone() {
    assertThat(ReplyTube.isOfClient("tw.r.shop.k3600", "shop")).isTrue();
    assertThat(ReplyTube.isOfClient("tw.r.shop.k1.k3600", "shop")).isFalse();
    assertThat(ReplyTube.isOfClient("tw.r.shop.k1.k3600", "shop.k1")).isTrue();
    assertThat(ReplyTube.isOfClient("tw.r.shop.t120", "shop")).isFalse();
    assertThat(ReplyTube.isOfClient("tw.r.shopper.k3600", "shop")).isFalse();
  }

  @Test
  void of_a_task_that_another_process_submitted_the_broker_can_be_asked_nothing() {
    try (Stage shop = shop().connect()) {
      Caller caller = Caller.of("any", "");
      var task = shop.get(() ->
          Future.succeededFuture(shop.transport().attach("any", "raw", "of-another", caller)));

      assertThat(shop.get(task::status).state()).isEqualTo(State.UNKNOWN);
      assertThatThrownBy(() -> shop.get(task::cancel))
          .isInstanceOf(UnsupportedOptionException.class)
          .hasMessageContaining("number");
    }
  }

  // Cancelling.

  @Test
  void what_waits_is_cancelled_wherever_it_waits_and_what_runs_is_not() {
    Caller delayed = stage.submit(new Caller(new Submission(
        "cancel",
        Buffer.buffer("x"),
        Submission.RAW,
        true,
        Priority.NORMAL,
        Duration.ofHours(1),
        null,
        null,
        null,
        Map.of())));
    assertThat(stage.get(delayed.task()::status).state()).isEqualTo(State.DELAYED);
    assertThat(stage.get(delayed.task()::cancel)).isTrue();
    assertThat(stage.get(delayed.task()::status).state()).isEqualTo(State.UNKNOWN);
    assertThat(stage.get(delayed.task()::cancel)).isFalse();

    Caller ready = stage.submit(Caller.of("cancel", "x"));
    assertThat(stage.get(ready.task()::cancel)).isTrue();

    Caller running = stage.submit(Caller.of("cancel", "x"));
    Delivery delivery = Await.next(deliveries("cancel"));
    assertThat(stage.get(running.task()::status).state()).isEqualTo(State.RUNNING);
    assertThat(stage.get(running.task()::cancel)).isFalse();
    stage.get(() -> delivery.complete(Buffer.buffer("done"), Map.of()));
    assertThat(running.result().toString()).isEqualTo("done");
  }

  // What needs an envelope.

  @Test
  void without_envelopes_what_travels_in_them_is_not_there() {
    try (Stage plain = newStage().with(CoreOptions.ENVELOPE, EnvelopeMode.NEVER).connect()) {
      BeanstalkTransportProvider.ENVELOPED.forEach(
          feature -> assertThat(plain.session().capabilities().has(feature))
              .as(feature.label())
              .isFalse());
    }
    assertThatThrownBy(
            () -> shop().with(CoreOptions.ENVELOPE, EnvelopeMode.NEVER).transport())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("clientId");
  }

  @Test
  void persistence_is_what_the_broker_was_started_with() {
    assertThat(stage.session().capabilities().has(Feature.PERSISTENCE)).isFalse();
    try (BeanstalkdBroker binlog = BeanstalkdBroker.withBinlog()) {
      binlog.start();
      try (Stage other =
          Stage.of(new BeanstalkTransportProvider(), binlog.port()).connect()) {
        assertThat(other.session().capabilities().of(Feature.PERSISTENCE))
            .isEqualTo(Support.NATIVE);
      }
    }
  }
}
