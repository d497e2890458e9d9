/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskConnectException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may connect, and what a user may do then. */
@Timeout(60)
class PermissionsTest extends OneBrokerTest {

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
}
