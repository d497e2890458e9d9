/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.taskwire.InvalidOptionException;
import io.taskwire.rabbitmq.RabbitmqRefusedException.Reason;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RabbitmqAdminTest {

  private static RabbitmqBroker broker;

  private RabbitmqAdmin admin;
  private Connection connection;
  private Channel channel;

  @BeforeAll
  static void start() {
    broker = RabbitmqBroker.withManagement();
    broker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void open() throws Exception {
    admin = RabbitmqAdmin.open(uri());
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.url());
    factory.setAutomaticRecoveryEnabled(false);
    connection = factory.newConnection();
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterEach
  void close() throws Exception {
    admin.close();
    if (connection.isOpen()) {
      connection.close();
    }
  }

  private static String uri() {
    return broker.url() + "?management=" + broker.managementUrl();
  }

  private void queue(String name, int messages) throws Exception {
    channel.queueDeclare(name, true, false, false, Map.of());
    for (int i = 0; i < messages; i++) {
      channel.basicPublish("", name, null, "hello".getBytes(StandardCharsets.US_ASCII));
    }
    channel.waitForConfirmsOrDie(5_000);
  }

  private static void refused(Future<?> future, Reason reason, String... words) {
    assertThatThrownBy(future::await).isInstanceOfSatisfying(RabbitmqRefusedException.class, e -> {
      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e).hasMessageContainingAll(words);
    });
  }

  @Test
  void a_queue_tells_what_waits_in_it_and_who_consumes_it() throws Exception {
    queue("mail", 3);
    channel.basicConsume("mail", (tag, delivery) -> {}, tag -> {});
    queue("post", 2);

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(admin.queue("mail").await()).isEqualTo(new QueueStats("mail", 0, 1)));
    assertThat(admin.queues(List.of("post", "mail")).await())
        .containsExactly(new QueueStats("post", 2, 0), new QueueStats("mail", 0, 1));
    refused(
        admin.queue("none"),
        Reason.NO_SUCH_QUEUE,
        "show none at " + admin.server(),
        "no queue 'none'");
    refused(admin.queues(List.of("post", "none")), Reason.NO_SUCH_QUEUE, "none");
  }

  @Test
  void all_queues_of_the_virtual_host_are_listed_as_they_are_now() throws Exception {
    queue("listed", 2);
    channel.queueDeclare("mine alone", false, true, false, Map.of());
    broker.addVirtualHost("a/b c");
    try (RabbitmqAdmin other = RabbitmqAdmin.open(
        broker.url() + "/a%2Fb%20c?management=" + broker.managementUrl() + "/")) {
      assertThat(admin.queues().await())
          .contains(new QueueStats("listed", 2, 0))
          .extracting(QueueStats::name)
          .doesNotContain("mine alone")
          .isSorted();
      assertThat(other.queues().await()).isEmpty();
    }
  }

  @Test
  void more_queues_than_fit_on_a_page_are_listed() throws Exception {
    List<String> names = IntStream.range(0, 1_100).mapToObj(i -> "many-" + i).toList();
    for (String name : names) {
      channel.queueDeclareNoWait(name, false, false, false, Map.of());
    }
    channel.queueDeclarePassive("many-1099");

    assertThat(admin.queues().await()).extracting(QueueStats::name).containsAll(names);

    for (String name : names) {
      channel.queueDeleteNoWait(name, false, false);
    }
  }

  @Test
  void without_the_plugin_it_is_said_how_to_get_it() {
    try (RabbitmqAdmin lost = RabbitmqAdmin.open(broker.url() + "?management=http://localhost:1")) {
      assertThatThrownBy(() -> lost.queues().await())
          .isInstanceOf(RabbitmqManagementException.class)
          .hasMessageContainingAll(
              "http://localhost:1",
              "rabbitmq-plugins enable rabbitmq_management",
              "name the queues");
    }
    try (RabbitmqAdmin wrong =
        RabbitmqAdmin.open(broker.url() + "/nowhere?management=" + broker.managementUrl())) {
      assertThatThrownBy(() -> wrong.queues().await())
          .isInstanceOf(RabbitmqManagementException.class)
          .hasMessageContainingAll("404", "no virtual host nowhere");
    }
  }

  @Test
  void a_user_who_may_not_is_told_so() throws Exception {
    queue("guarded", 1);
    broker.addUser("nobody", "s3cret");
    broker.permit("nobody", "^$", "^$", "^$");
    String uri = uri().replace("amqp://", "amqp://nobody:s3cret@");
    try (RabbitmqAdmin nobody = RabbitmqAdmin.open(uri)) {
      refused(nobody.purge("guarded"), Reason.ACCESS_REFUSED, "purge guarded");
      refused(nobody.delete("guarded", false, false), Reason.ACCESS_REFUSED, "delete guarded");
      assertThatThrownBy(() -> nobody.queues().await())
          .isInstanceOf(RabbitmqManagementException.class)
          .hasMessageContainingAll("401", "the tag management")
          .hasMessageNotContaining("s3cret");
    }
    try (RabbitmqAdmin wrong = RabbitmqAdmin.open(uri.replace("s3cret", "gue55ed"))) {
      assertThatThrownBy(() -> wrong.queue("guarded").await())
          .isInstanceOf(RabbitmqConnectionException.class)
          .hasMessageContaining("refuses the user nobody")
          .hasMessageNotContaining("gue55ed");
    }
    assertThat(admin.queue("guarded").await().ready()).isEqualTo(1);
  }

  @Test
  void purging_counts_what_waited_and_leaves_what_is_held() throws Exception {
    queue("held", 3);
    assertThat(channel.basicGet("held", false)).isNotNull();

    assertThat(admin.purge("held").await()).isEqualTo(2);

    channel.basicRecover(true);
    assertThat(admin.queue("held").await().ready()).isEqualTo(1);
    refused(admin.purge("none"), Reason.NO_SUCH_QUEUE, "purge none");
  }

  @Test
  void a_queue_is_deleted_unless_it_is_used_or_full_and_must_not_be() throws Exception {
    queue("used", 0);
    channel.basicConsume("used", (tag, delivery) -> {}, tag -> {});
    queue("full", 2);

    refused(admin.delete("used", true, false), Reason.IN_USE, "delete used");
    refused(admin.delete("full", false, true), Reason.NOT_EMPTY, "delete full");
    assertThat(admin.delete("used", false, false).await()).isZero();
    assertThat(admin.delete("full", false, false).await()).isEqualTo(2);
    refused(admin.delete("full", false, false), Reason.NO_SUCH_QUEUE, "no queue 'full'");
  }

  @Test
  void an_admin_connects_again_after_an_operator_closed_its_connection() throws Exception {
    queue("again", 1);
    admin.queue("again").await();

    broker.closeConnections("enough");

    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(admin.queue("again").await().ready()).isEqualTo(1));
  }

  @Test
  void an_admin_that_is_closed_says_so() {
    admin.close();
    assertThatThrownBy(() -> admin.queue("any").await())
        .isInstanceOf(RabbitmqClosedException.class);
    assertThatThrownBy(() -> admin.queues().await()).isInstanceOf(RabbitmqClosedException.class);
  }

  @Test
  void an_admin_leaves_the_vertx_that_is_given_to_it() throws Exception {
    queue("given", 1);
    Vertx vertx = Vertx.vertx();
    try (RabbitmqAdmin shared = RabbitmqAdmin.open(vertx, uri())) {
      assertThat(shared.queues().await()).contains(new QueueStats("given", 1, 0));
    }
    assertThat(vertx.executeBlocking(() -> "alive").await()).isEqualTo("alive");
    vertx.close().await();
  }

  @Test
  void an_admin_speaks_tls() {
    try (RabbitmqBroker encrypted = RabbitmqBroker.withMutualTls()) {
      encrypted.start();
      try (RabbitmqAdmin known = RabbitmqAdmin.open(encrypted.url() + "&cert="
              + TestCertificates.CLIENT.certificate() + "&key=" + TestCertificates.CLIENT.key());
          RabbitmqAdmin unknown = RabbitmqAdmin.open(encrypted.url())) {
        refused(known.queue("none"), Reason.NO_SUCH_QUEUE, "none");
        assertThatThrownBy(() -> unknown.queue("none").await())
            .isInstanceOf(RabbitmqConnectionException.class);
      }
    }
  }

  @Test
  void what_no_admin_can_do_is_refused_at_once() {
    assertThatThrownBy(() -> RabbitmqAdmin.open("beanstalk://localhost"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("amqp://");
    assertThatThrownBy(() -> RabbitmqAdmin.open("amqp://h1,h2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one broker");
    assertThatThrownBy(() -> RabbitmqAdmin.open("amqp://h1?managment=http://h1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("management");
    assertThatThrownBy(() -> RabbitmqAdmin.open("amqp://h1?management=http://me:pw%40h1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("management");
  }
}
