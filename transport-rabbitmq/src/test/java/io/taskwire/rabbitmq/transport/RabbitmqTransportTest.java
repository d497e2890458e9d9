/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.taskwire.Feature;
import io.taskwire.HandlerOptions;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskRetry;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular to RabbitMQ: its declarations, its permissions, and what an operator may do to a queue. */
@Timeout(60)
class RabbitmqTransportTest extends OneBrokerTest {

  private static final String[] PATIENT = {"retry=50ms"};

  @AfterEach
  void noMessageSizeIsLeft() {
    broker.evaluate("application:unset_env(rabbit, max_message_size)");
  }

  private TaskType<Integer, Integer> echo() {
    return TaskType.of(bed().name("echo"), Integer.class, Integer.class);
  }

  private TaskQueue echoing(TaskType<Integer, Integer> type, String... options) {
    TaskQueue worker = bed().openShared(options);
    worker.onAsync(type, Future::succeededFuture);
    Await.value(worker.start());
    return worker;
  }

  @Test
  void a_queue_is_declared_as_aioqueue_does() throws Exception {
    TaskType<Integer, Integer> type = echo();
    Await.value(bed().open().send(type, 1));

    // Declaring it otherwise would fail.
    assertThat(bare().queueDeclare(type.name(), true, false, false, null).getMessageCount())
        .isEqualTo(1);
  }

  @Test
  void a_queue_declared_otherwise_is_refused_with_both_declarations_shown() throws Exception {
    TaskType<Integer, Integer> type = echo();
    bare().queueDeclare(type.name(), false, false, false, null);
    TaskQueue queue = bed().open("retry=off");

    TaskRejectedException refused = Await.failure(queue.send(type, 1), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(refused.taskName()).isEqualTo(type.name());
    assertThat(refused).hasMessageContaining("durable=true").hasMessageContaining("durable=false");
    queue.on(type, number -> number);
    TaskConnectException notLive = Await.failure(queue.start(), TaskConnectException.class);
    assertThat(notLive).hasMessageContaining("durable=true").hasMessageContaining("durable=false");
    queue.shutdown();
  }

  @Test
  void refused_declarations_leave_the_other_tasks_alone() throws Exception {
    TaskType<Integer, Integer> bad = echo();
    bare().queueDeclare(bad.name(), false, false, false, null);
    TaskType<Integer, Integer> good = echo();
    echoing(good);
    TaskQueue caller = bed().open();

    List<Future<Integer>> answers = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      Future<Integer> refused = caller.call(bad, number);
      answers.add(caller.call(good, number));
      Await.failure(refused, TaskRejectedException.class);
    }

    for (int number = 0; number < 20; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number);
    }
    assertThat(bed().events(caller).count(Kind.CONNECTED)).isEqualTo(1);
  }

  @Test
  void a_queue_that_nobody_made_is_refused_where_declaring_is_passive() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue queue = bed().open("declare=passive");

    TaskRejectedException refused = Await.failure(queue.send(type, 1), TaskRejectedException.class);

    assertThat(refused).hasMessageContaining("declare=passive");
    // A non-durable queue with arguments of somebody's own is taken as it is.
    bare().queueDeclare(type.name(), false, false, false, Map.of("x-max-length", 10));
    Await.value(queue.send(type, 2));
    assertThat(bare().messageCount(type.name())).isEqualTo(1);
  }

  @Test
  void a_task_whose_queue_was_deleted_is_routed_to_a_new_one() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue caller = bed().open();
    Await.value(caller.send(type, 1));
    Channel bare = bare();
    bare.queueDelete(type.name());

    Await.value(caller.send(type, 2));

    assertThat(bare.messageCount(type.name())).isEqualTo(1);
  }

  @Test
  void an_unroutable_task_is_an_error_where_declaring_is_passive() throws Exception {
    TaskType<Integer, Integer> type = echo();
    Channel bare = bare();
    bare.queueDeclare(type.name(), true, false, false, null);
    TaskQueue caller = bed().open("declare=passive");
    Await.value(caller.send(type, 1));
    bare.queueDelete(type.name());

    TaskRejectedException refused =
        Await.failure(caller.send(type, 2), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(refused.isSafeToRetry()).isTrue();
  }

  @Test
  void a_worker_whose_queue_is_deleted_declares_it_again() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue worker = echoing(type, PATIENT);
    TaskQueue caller = bed().open(PATIENT);
    assertThat(Await.value(caller.call(type, 1))).isEqualTo(1);

    bare().queueDelete(type.name());

    assertThat(Await.value(caller.call(type, 2))).isEqualTo(2);
    assertThat(bed().events(worker).count(Kind.DISCONNECTED)).isZero();
  }

  @Test
  void running_tasks_of_a_deleted_queue_lose_their_lease() throws Exception {
    TaskType<Integer, Integer> type = echo();
    Promise<Integer> never = Promise.promise();
    TaskQueue worker = bed().openShared(PATIENT);
    worker.onAsync(type, (number, context) -> {
      context.cancelled().onComplete(told -> never.tryComplete(-1));
      return never.future();
    });
    Await.value(worker.start());
    Await.value(bed().open().send(type, 1));
    bed().events(worker).await(Kind.STARTED, 1);

    bare().queueDelete(type.name());

    bed().events(worker).await(Kind.LEASE_LOST, 1);
  }

  @Test
  void an_operator_who_closes_the_connections_interrupts_and_ends_nothing() {
    TaskType<Integer, Integer> type = echo();
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared(PATIENT);
    worker.onAsync(type, number -> finish.future().map(number));
    Await.value(worker.start());
    TaskQueue caller = bed().open(PATIENT);
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      handles.add(Await.value(caller.task(type, number)));
    }
    bed().events(worker).await(Kind.STARTED, 10);

    broker.closeConnections("maintenance");
    bed().events(worker).await(Kind.DISCONNECTED, 1);
    bed().events(caller).await(Kind.DISCONNECTED, 1);
    finish.complete();

    for (int number = 0; number < 10; number++) {
      assertThat(Await.value(handles.get(number).result())).isEqualTo(number);
    }
  }

  @Test
  void a_user_without_permission_gets_typed_errors() {
    broker.addUser("weak", "secret-password");
    broker.permit("weak", "taskwire\\..*", ".*", ".*");
    TaskType<Integer, Integer> type = echo();
    String url = "amqp://weak:secret-password@127.0.0.1:" + broker.port();
    TaskQueue queue = bed().openAt(url);

    TaskRejectedException refused = Await.failure(queue.send(type, 1), TaskRejectedException.class);

    assertThat(refused).hasMessageContaining("weak").hasMessageContaining(type.name());
    queue.on(type, number -> number);
    TaskConnectException notLive = Await.failure(queue.start(), TaskConnectException.class);
    assertThat(notLive).hasMessageContaining("403");
    assertThat(refused.toString() + notLive + queue).doesNotContain("secret-password");
    queue.shutdown();
  }

  @Test
  void a_user_who_may_not_publish_is_told_so() {
    broker.addUser("reader", "word");
    broker.permit("reader", ".*", "", ".*");
    TaskType<Integer, Integer> type = echo();
    TaskQueue queue = bed().openAt("amqp://reader:word@127.0.0.1:" + broker.port(), PATIENT);

    TaskRejectedException refused = Await.failure(queue.send(type, 1), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(refused).hasMessageContaining("reader").hasMessageContaining("write");
  }

  @Test
  void a_user_without_a_reply_queue_may_send_and_not_call() throws Exception {
    broker.addUser("sender", "word");
    broker.permit("sender", "echo.*", ".*", ".*");
    TaskType<Integer, Integer> type = echo();
    TaskQueue queue = bed().openAt("amqp://sender:word@127.0.0.1:" + broker.port(), PATIENT);

    Await.value(queue.send(type, 1));
    TaskRejectedException refused = Await.failure(queue.call(type, 2), TaskRejectedException.class);
    Await.value(queue.send(type, 3));

    assertThat(refused).hasMessageContaining("taskwire.reply");
    assertThat(bed().events(queue).count(Kind.CONNECTED)).isEqualTo(1);
    assertThat(bare().messageCount(type.name())).isEqualTo(2);
  }

  @Test
  void headers_that_no_frame_holds_are_refused_and_the_next_task_passes() {
    TaskType<Integer, Integer> type = echo();
    echoing(type);
    TaskQueue caller = bed().open();
    SubmitOptions large = SubmitOptions.create();
    for (int number = 0; number < 60; number++) {
      large = large.header("h" + number, "x".repeat(3_000));
    }

    TaskRejectedException refused =
        Await.failure(caller.call(type, 1, large), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(Await.value(caller.call(type, 2))).isEqualTo(2);
    assertThat(bed().events(caller).count(Kind.CONNECTED)).isEqualTo(1);
  }

  @Test
  void a_delayed_task_has_no_deadline() {
    SubmitOptions both =
        SubmitOptions.create().delay(Duration.ofSeconds(1)).deadline(Duration.ofSeconds(2));

    UnsupportedOptionException refused =
        Await.failure(bed().open().send(echo(), 1, both), UnsupportedOptionException.class);

    assertThat(refused.feature()).isEqualTo(Feature.DEADLINE);
  }

  @Test
  void a_wrong_password_ends_the_attempts_at_once_and_is_not_shown() {
    TaskQueue queue = bed().openAt("amqp://guest:no-such-word@127.0.0.1:" + broker.port());

    TaskConnectException refused = Await.failure(queue.call(echo(), 1), TaskConnectException.class);

    assertThat(refused).hasMessageContaining("guest");
    assertThat(refused.toString() + refused.getCause() + queue).doesNotContain("no-such-word");
  }

  @Test
  void a_virtual_host_is_named_by_the_path() {
    broker.addVirtualHost("of/shop");
    TaskType<Integer, Integer> type = echo();
    TaskQueue queue = bed().openAt(broker.url() + "/of%2Fshop");
    queue.onAsync(type, Future::succeededFuture);
    Await.value(queue.start());

    assertThat(Await.value(queue.call(type, 4))).isEqualTo(4);

    TaskConnectException refused = Await.failure(
        bed().openAt(broker.url() + "/nowhere").call(type, 1), TaskConnectException.class);
    assertThat(refused).hasMessageContaining("nowhere");
  }

  @Test
  void under_the_memory_alarm_submits_wait_and_workers_go_on() {
    TaskType<Integer, Integer> type = echo();
    TaskType<Integer, Integer> quiet = echo();
    LinkedBlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared();
    worker.onAsync(type, Future::succeededFuture);
    worker.onAsync(quiet, HandlerOptions.create().concurrency(1), number -> {
      ran.add(number);
      return finish.future().map(number);
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();
    assertThat(Await.value(caller.call(type, 1))).isEqualTo(1);
    Await.value(caller.send(quiet, 1, SubmitOptions.noResponse()));
    Await.value(caller.send(quiet, 2, SubmitOptions.noResponse()));
    assertThat(Await.next(ran)).isEqualTo(1);

    broker.memoryAlarm();
    List<Future<Integer>> answers = new ArrayList<>();
    try {
      for (int number = 0; number < 1000; number++) {
        answers.add(caller.call(type, number));
      }
      // Acknowledging needs no publishing, and so the next task comes.
      finish.complete();
      assertThat(Await.next(ran)).isEqualTo(2);
      assertThat(answers).noneMatch(Future::isComplete);
    } finally {
      broker.endMemoryAlarm();
    }

    for (int number = 0; number < 1000; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number);
    }
  }

  @Test
  void a_task_whose_reply_is_not_confirmed_is_not_acknowledged() {
    TaskType<Integer, Integer> type = echo();
    AtomicInteger runs = new AtomicInteger();
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared(PATIENT);
    worker.onAsync(type, number -> finish.future().map(runs.incrementAndGet()));
    Await.value(worker.start());
    TaskHandle<Integer> handle = Await.value(bed().open(PATIENT).task(type, 0));
    bed().events(worker).await(Kind.STARTED, 1);

    broker.memoryAlarm();
    try {
      finish.complete();
      broker.closeConnections("the reply is in one of them");
    } finally {
      broker.endMemoryAlarm();
    }

    assertThat(Await.value(handle.result())).isEqualTo(2);
  }

  @Test
  void a_prefetch_size_which_rabbitmq_does_not_know_ends_the_start_with_an_error_that_says_so() {
    TaskQueue queue = bed().open("prefetchSize=1000", "retry=50ms");
    queue.on(echo(), number -> number);

    TaskConnectException refused = Await.failure(queue.start(), TaskConnectException.class);

    assertThat(refused).hasMessageContaining("prefetch");
    queue.shutdown();
  }

  @Test
  void what_cannot_be_accepted_under_the_alarm_fails_in_time() {
    TaskQueue caller = bed().open("acceptTimeout=300ms");
    TaskType<Integer, Integer> type = echo();
    Await.value(caller.send(type, 1));

    broker.memoryAlarm();
    try {
      Await.failure(caller.send(type, 2));
    } finally {
      broker.endMemoryAlarm();
    }
  }

  @Test
  void a_message_larger_than_the_broker_takes_is_rejected_and_the_rest_goes_on() {
    broker.evaluate("application:set_env(rabbit, max_message_size, 10000)");
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("bytes"));
    TaskQueue queue = bed().openShared(PATIENT);
    queue.on(type, bytes -> bytes);
    Await.value(queue.start());
    Buffer large = Buffer.buffer(new byte[10_001]);

    TaskRejectedException first =
        Await.failure(queue.call(type, large), TaskRejectedException.class);
    assertThat(first.reason()).isEqualTo(Reason.TOO_LARGE);
    int connected = bed().events(queue).count(Kind.CONNECTED);
    TaskRejectedException second =
        Await.failure(queue.call(type, large), TaskRejectedException.class);
    assertThat(second.reason()).isEqualTo(Reason.TOO_LARGE);

    assertThat(Await.value(queue.call(type, Buffer.buffer("small"))))
        .isEqualTo(Buffer.buffer("small"));
    assertThat(connected).isLessThanOrEqualTo(2);
  }

  @Test
  void a_result_larger_than_the_broker_takes_becomes_a_failure_that_says_so() {
    broker.evaluate("application:set_env(rabbit, max_message_size, 10000)");
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("bytes"));
    TaskQueue worker = bed().openShared(PATIENT);
    worker.on(type, bytes -> Buffer.buffer(new byte[20_000]));
    Await.value(worker.start());

    RemoteTaskException failure = Await.failure(
        bed().open(PATIENT).call(type, Buffer.buffer("x")), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(io.taskwire.FailureCode.TOO_LARGE);
  }

  @Test
  void a_full_queue_that_refuses_is_an_error_that_says_so() throws Exception {
    TaskType<Integer, Integer> type = echo();
    bare()
        .queueDeclare(
            type.name(),
            true,
            false,
            false,
            Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    TaskQueue caller = bed().open("declare=passive");
    Await.value(caller.send(type, 1));

    TaskRejectedException refused =
        Await.failure(caller.send(type, 2), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.BROKER_FULL);
  }

  @Test
  void set_aside_tasks_are_in_the_dead_letter_queue_with_their_bytes() throws Exception {
    String task = bed().name("doomed");
    TaskQueue queue = bed().openShared("deadLetterQueue=true");
    queue.on(task, Raw.RAW, bytes -> {
      throw TaskReject.deadLetter("not today");
    });
    Await.value(queue.start());

    Await.value(queue.send(task, Raw.RAW, Buffer.buffer("bytes")));

    Channel bare = bare();
    Await.until("a dead letter", () -> count(bare, task + ".dead") == 1);
    GetResponse dead = bare.basicGet(task + ".dead", true);
    assertThat(new String(dead.getBody(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("bytes");
  }

  private static long count(Channel channel, String queue) {
    try {
      return channel.messageCount(queue);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_quorum_queue_counts_deliveries_and_sets_aside_at_its_limit() throws Exception {
    String task = bed().name("poison");
    String[] options = {"queueType=quorum", "deliveryLimit=2", "deadLetterQueue=true", "retry=50ms"
    };
    Await.value(bed().open(options).send(task, "x"));
    for (int life = 1; life <= 3; life++) {
      int attempt = life;
      LinkedBlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
      var proxy = bed().proxy();
      TaskQueue worker = bed()
          .openAt(
              broker.urlThrough(proxy.port()),
              "queueType=quorum",
              "deliveryLimit=2",
              "deadLetterQueue=true",
              "retry=1h");
      worker.onAsync(task, String.class, (text, context) -> {
        attempts.add(context.attempt().orElse(-1));
        return Promise.<String>promise().future();
      });
      Await.value(worker.start());
      assertThat(Await.next(attempts)).isEqualTo(attempt);
      proxy.close();
      bed().events(worker).await(Kind.DISCONNECTED, 1);
    }

    Channel bare = bare();
    Await.until("a dead letter", () -> count(bare, task + ".dead") == 1);
  }

  @Test
  void attempts_are_counted_over_retries() {
    String task = bed().name("again");
    LinkedBlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
    TaskQueue queue = bed().openShared();
    queue.on(task, String.class, (text, context) -> {
      attempts.add(context.attempt().orElse(-1));
      if (attempts.size() < 3) {
        throw TaskRetry.after(Duration.ofMillis(50));
      }
      return text;
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, "x", String.class))).isEqualTo("x");

    assertThat(attempts).containsExactly(1, 2, 3);
  }

  @Test
  void priorities_without_declared_ones_are_refused() {
    TaskQueue queue = bed().open();
    Await.value(queue.ping());

    UnsupportedOptionException refused = Await.failure(
        queue.send(echo(), 1, SubmitOptions.create().priority(io.taskwire.Priority.HIGH)),
        UnsupportedOptionException.class);

    assertThat(refused.feature()).isEqualTo(Feature.PRIORITY);
  }

  @Test
  void a_result_that_takes_longer_than_the_deadline_still_comes() {
    TaskType<Integer, Integer> type = echo();
    TaskQueue worker = bed().openShared();
    worker.onAsync(type, number -> bed().vertx().timer(2500).map(number));
    Await.value(worker.start());

    assertThat(Await.value(
            bed().open().call(type, 3, SubmitOptions.create().deadline(Duration.ofMillis(500)))))
        .isEqualTo(3);
  }

  @Test
  void an_expired_task_is_gone_from_the_broker_and_its_caller_is_told() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue caller = bed().open();

    Throwable failure = Await.failure(
        caller.call(type, 3, SubmitOptions.create().deadline(Duration.ofMillis(200))));

    assertThat(failure).isInstanceOfAny(RemoteTaskException.class, TaskTimeoutException.class);
    Channel bare = bare();
    assertThat(bare.basicGet(type.name(), true)).isNull();
  }

  @Test
  void a_task_beyond_its_time_to_live_is_gone_or_set_aside() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue caller = bed().open("messageTtl=100ms", "deadLetterQueue=true");
    Await.value(caller.send(type, 1));

    Channel bare = bare();
    Await.until("a dead letter", () -> count(bare, type.name() + ".dead") == 1);
    assertThat(bare.messageCount(type.name())).isZero();
  }

  @Test
  void a_task_that_is_held_too_long_for_the_broker_loses_its_lease_and_comes_again() {
    broker.evaluate("application:set_env(rabbit, consumer_timeout, 1000)");
    broker.evaluate("application:set_env(rabbit, channel_tick_interval, 300)");
    try {
      TaskType<Integer, Integer> type = echo();
      AtomicInteger runs = new AtomicInteger();
      TaskQueue worker = bed().openShared(PATIENT);
      worker.onAsync(type, (number, context) -> {
        if (runs.incrementAndGet() > 1) {
          return Future.succeededFuture(number);
        }
        // Told that its channel was closed, it ends too late.
        return context.cancelled().map(-1);
      });
      Await.value(worker.start());

      assertThat(Await.value(bed().open(PATIENT).call(type, 5))).isEqualTo(5);

      bed().events(worker).await(Kind.LEASE_LOST, 1);
      assertThat(runs).hasValue(2);
      assertThat(bed().events(worker).count(Kind.DISCONNECTED)).isZero();
    } finally {
      broker.evaluate("application:set_env(rabbit, consumer_timeout, 1800000)");
      broker.evaluate("application:set_env(rabbit, channel_tick_interval, 60000)");
    }
  }

  @Test
  void replies_are_persistent_where_that_is_asked_for() throws Exception {
    TaskType<Integer, Integer> type = echo();
    Await.value(bed().open().task(type, 1));
    Await.value(bed().open("persistentReplies=true").task(type, 2));
    Channel bare = bare();
    List<@Nullable Object> asked = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Map<String, Object> headers = bare.basicGet(type.name(), true).getProps().getHeaders();
      asked.add(headers == null ? null : String.valueOf(headers.get("tw-keep")));
    }

    assertThat(asked).containsExactly(null, "1");
  }

  @Test
  void a_foreign_request_without_anything_is_run_and_acknowledged() throws Exception {
    String task = bed().name("bare");
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    TaskQueue worker = bed().openShared();
    worker.on(task, Raw.RAW, bytes -> {
      seen.add(bytes);
      return bytes;
    });
    Await.value(worker.start());
    Channel bare = bare();

    bare.basicPublish("", task, new AMQP.BasicProperties(), new byte[] {1, 2, 3});

    assertThat(Await.next(seen)).isEqualTo(Buffer.buffer(new byte[] {1, 2, 3}));
    bed().events(worker).await(Kind.FINISHED, 1);
    worker.close();
    assertThat(bare.messageCount(task)).isZero();
  }

  @Test
  void a_reply_that_nobody_waits_for_any_more_does_not_stop_the_worker() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue worker = echoing(type);
    Channel bare = bare();

    bare.basicPublish(
        "",
        type.name(),
        new AMQP.BasicProperties.Builder()
            .replyTo("no-such-queue")
            .correlationId("c")
            .build(),
        new byte[] {7});

    bed().events(worker).await(Kind.FINISHED, 1);
    assertThat(Await.value(bed().open().call(type, 8))).isEqualTo(8);
  }

  @Test
  void results_of_a_reply_queue_that_was_deleted_are_unknown() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue caller = bed().open(PATIENT);
    TaskHandle<Integer> handle = Await.value(caller.task(type, 1));
    Channel bare = bare();
    GetResponse request = bare.basicGet(type.name(), false);
    bare.queueDelete(request.getProps().getReplyTo());

    Await.failure(handle.result(), io.taskwire.OutcomeUnknownException.class);
    bare.basicNack(request.getEnvelope().getDeliveryTag(), false, true);
    echoing(type);
    assertThat(Await.value(caller.call(type, 2))).isEqualTo(2);
  }

  @Test
  void the_attempts_of_foreign_messages_count_from_one() throws Exception {
    String task = bed().name("counted");
    AtomicInteger attempt = new AtomicInteger();
    TaskQueue worker = bed().openShared();
    worker.on(task, Raw.RAW, (bytes, context) -> {
      attempt.set(context.attempt().orElse(-1));
      return bytes;
    });
    Await.value(worker.start());

    bare().basicPublish("", task, new AMQP.BasicProperties(), new byte[] {1});

    bed().events(worker).await(Kind.FINISHED, 1);
    assertThat(attempt).hasValue(1);
  }
}
