/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues that are declared otherwise, or by nobody, or are deleted while they are in use. */
@Timeout(60)
class DeclaredQueuesTest extends OneBrokerTest {

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
  void results_of_a_reply_queue_that_was_deleted_are_unknown() throws Exception {
    TaskType<Integer, Integer> type = echo();
    TaskQueue caller = bed().open(PATIENT);
    TaskHandle<Integer> handle = Await.value(caller.task(type, 1));
    Channel bare = bare();
    GetResponse request = bare.basicGet(type.name(), false);
    bare.queueDelete(request.getProps().getReplyTo());

    Await.failure(handle.result(), OutcomeUnknownException.class);
    bare.basicNack(request.getEnvelope().getDeliveryTag(), false, true);
    echoing(type);
    assertThat(Await.value(caller.call(type, 2))).isEqualTo(2);
  }
}
