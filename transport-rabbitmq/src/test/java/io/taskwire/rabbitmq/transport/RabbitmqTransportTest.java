/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.taskwire.Feature;
import io.taskwire.Priority;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular to tasks on RabbitMQ. */
@Timeout(60)
class RabbitmqTransportTest extends OneBrokerTest {

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
  void a_delayed_task_has_no_deadline() {
    SubmitOptions both =
        SubmitOptions.create().delay(Duration.ofSeconds(1)).deadline(Duration.ofSeconds(2));

    UnsupportedOptionException refused =
        Await.failure(bed().open().send(echo(), 1, both), UnsupportedOptionException.class);

    assertThat(refused.feature()).isEqualTo(Feature.DEADLINE);
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
    assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo("bytes");
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
      TcpProxy proxy = bed().proxy();
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
        queue.send(echo(), 1, SubmitOptions.create().priority(Priority.HIGH)),
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
