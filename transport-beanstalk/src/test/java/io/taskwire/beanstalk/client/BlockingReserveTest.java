/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.StatsReply;
import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reserve that waits does to the commands behind it, on one connection and with further ones. */
@Timeout(60)
class BlockingReserveTest {

  private static final Tube MAIL = Tube.of("mail");
  private static final Tube NEWS = Tube.of("news");
  private static final Buffer BODY = Buffer.buffer("hello");

  private BeanstalkdBroker broker;
  private BeanstalkClient producer;

  @BeforeEach
  void start() {
    broker = BeanstalkdBroker.create();
    broker.start();
    producer = client(0);
  }

  @AfterEach
  void stop() {
    producer.close();
    broker.close();
  }

  private BeanstalkClient client(int waitingConnections) {
    return client(broker.port(), waitingConnections);
  }

  private static BeanstalkClient client(int port, int waitingConnections) {
    BeanstalkClient client = Await.value(BeanstalkClient.connect(BeanstalkOptions.builder()
        .server("127.0.0.1", port)
        .waitingConnections(waitingConnections)
        .build()));
    Await.value(client.watch(MAIL));
    return client;
  }

  private long put(Tube tube) {
    return Await.value(producer.put(tube, BODY, PutOptions.DEFAULT).map(PutReply::orThrow))
        .id();
  }

  private void awaitWaiting(int reserves) {
    Await.until(
        "reserves that wait",
        () -> Await.value(producer.stats().map(StatsReply::orThrow)).waiting() == reserves);
  }

  @Test
  void while_a_reserve_waits_other_commands_fail_unsent_with_advice() {
    try (BeanstalkClient client = client(0)) {
      assertThat(client.isBusy()).isFalse();
      Future<ReserveReply> reserve = client.reserve();
      BeanstalkBusyException busy = Await.failure(client.delete(1), BeanstalkBusyException.class);
      assertThat(busy.isSent()).isFalse();
      assertThat(busy)
          .hasMessageContaining("another connection")
          .hasMessageContaining("reserve-with-timeout 0");
      Await.failure(client.reserve(), BeanstalkBusyException.class);
      assertThat(client.isBusy()).isTrue();

      long id = put(MAIL);

      assertThat(Await.value(reserve)).isEqualTo(new Reply.Reserved(id, BODY));
      assertThat(client.isBusy()).isFalse();
      assertThat(Await.value(client.delete(id))).isEqualTo(new Reply.Deleted());
    }
  }

  @Test
  void a_command_that_is_refused_while_a_reserve_waits_leaves_the_tube_in_use() {
    try (BeanstalkClient client = client(0)) {
      Future<ReserveReply> reserve = client.reserve(Duration.ofSeconds(1));
      Await.failure(client.use(NEWS), BeanstalkBusyException.class);
      Await.failure(client.put(NEWS, BODY, PutOptions.DEFAULT), BeanstalkBusyException.class);
      assertThat(Await.value(reserve)).isEqualTo(new Reply.TimedOut());
      assertThat(List.of(
              tubeOf(client, client.put(BODY, PutOptions.DEFAULT)),
              tubeOf(client, client.put(NEWS, BODY, PutOptions.DEFAULT)),
              tubeOf(client, client.put(Tube.DEFAULT, BODY, PutOptions.DEFAULT)),
              tubeOf(client, client.put(BODY, PutOptions.DEFAULT))))
          .containsExactly(Tube.DEFAULT, NEWS, Tube.DEFAULT, Tube.DEFAULT);
    }
  }

  private static Tube tubeOf(BeanstalkClient client, Future<PutReply> put) {
    long id = Await.value(put.map(PutReply::orThrow)).id();
    return Await.value(client.statsJob(id).map(StatsJobReply::orThrow)).tube();
  }

  @Test
  void a_reserve_that_does_not_wait_goes_beside_other_commands() {
    try (BeanstalkClient client = client(0)) {
      long id = put(MAIL);
      Future<ReserveReply> taken = client.reserve(Duration.ZERO);
      Future<ReserveReply> none = client.reserve(Duration.ZERO);
      Future<?> deleted = client.delete(id);
      assertThat(Await.value(taken)).isEqualTo(new Reply.Reserved(id, BODY));
      assertThat(Await.value(none)).isEqualTo(new Reply.TimedOut());
      assertThat(Await.value(deleted)).isEqualTo(new Reply.Deleted());
    }
  }

  @Test
  void deadline_soon_is_told_where_a_held_job_runs_out() {
    try (BeanstalkClient client = client(0)) {
      Await.value(
          producer.put(MAIL, BODY, PutOptions.DEFAULT.withTimeToRun(Duration.ofSeconds(1))));
      Await.value(client.reserve());
      assertThat(Await.value(client.reserve())).isEqualTo(new Reply.DeadlineSoon());
    }
  }

  @Test
  void with_a_waiting_connection_other_commands_go_on() {
    try (BeanstalkClient client = client(1)) {
      Future<ReserveReply> reserve = client.reserve();
      awaitWaiting(1);
      long own = Await.value(client.put(NEWS, BODY, PutOptions.DEFAULT).map(PutReply::orThrow))
          .id();
      assertThat(Await.value(client.delete(own))).isEqualTo(new Reply.Deleted());
      assertThat(reserve.isComplete()).isFalse();

      long id = put(MAIL);

      assertThat(Await.value(reserve)).isEqualTo(new Reply.Reserved(id, BODY));
      assertThat(Await.value(client.touch(id))).isEqualTo(new Reply.Touched());
      assertThat(Await.value(client.delete(id))).isEqualTo(new Reply.Deleted());
    }
  }

  @Test
  void a_held_job_is_settled_while_another_reserve_waits() {
    try (BeanstalkClient client = client(2)) {
      long first = put(MAIL);
      long second = put(MAIL);
      assertThat(Await.value(client.reserve())).isEqualTo(new Reply.Reserved(first, BODY));
      Future<ReserveReply> next = client.reserve();
      assertThat(Await.value(next)).isEqualTo(new Reply.Reserved(second, BODY));
      assertThat(Await.value(client.release(first, 1, Duration.ofHours(1))))
          .isEqualTo(new Reply.Released());
      Future<ReserveReply> waits = client.reserve();
      awaitWaiting(1);
      assertThat(Await.value(client.bury(second, 1))).isEqualTo(new Reply.Buried());
      assertThat(
              Await.value(client.statsJob(second).map(StatsJobReply::orThrow)).state())
          .isEqualTo(JobState.BURIED);
      assertThat(waits.isComplete()).isFalse();
      Await.value(client.kickJob(second));
      assertThat(Await.value(waits)).isEqualTo(new Reply.Reserved(second, BODY));
    }
  }

  @Test
  void when_all_waiting_connections_wait_or_hold_one_more_reserve_fails() {
    try (BeanstalkClient client = client(1)) {
      long id = put(MAIL);
      Await.value(client.reserve());
      assertThat(client.isBusy()).isTrue();
      BeanstalkBusyException busy = Await.failure(client.reserve(), BeanstalkBusyException.class);
      assertThat(busy).hasMessageContaining("waitingConnections");
      Await.value(client.delete(id));
      assertThat(client.isBusy()).isFalse();
      Future<ReserveReply> waits = client.reserve();
      Await.failure(client.reserve(Duration.ofSeconds(1)), BeanstalkBusyException.class);
      long next = put(MAIL);
      assertThat(Await.value(waits)).isEqualTo(new Reply.Reserved(next, BODY));
    }
  }

  @Test
  void a_job_that_was_lost_frees_its_connection() {
    Vertx vertx = Vertx.vertx();
    Map<String, String> answers = Map.of(
        "list-tube-used", "USING default",
        "watch mail", "WATCHING 2",
        "reserve", "RESERVED 7 1\r\nx",
        "touch 7", "NOT_FOUND");
    // A beanstalkd gives a job to others at a time of its own.
    NetServer forgetful = vertx
        .createNetServer()
        .connectHandler(socket -> socket.handler(bytes ->
            bytes.toString().lines().forEach(line -> socket.write(answers.get(line) + "\r\n"))));
    Await.value(forgetful.listen(0, "127.0.0.1"));
    try (BeanstalkClient client = client(forgetful.actualPort(), 1)) {
      Reply.Reserved job = new Reply.Reserved(7, Buffer.buffer("x"));
      assertThat(Await.value(client.reserve())).isEqualTo(job);
      assertThat(client.isBusy()).isTrue();
      assertThat(Await.value(client.touch(7))).isEqualTo(new Reply.NotFound());
      assertThat(client.isBusy()).isFalse();
      assertThat(Await.value(client.reserve())).isEqualTo(job);
    } finally {
      Await.value(vertx.close());
    }
  }

  @Test
  void tubes_are_watched_by_waiting_connections_from_their_next_reserve_on() {
    try (BeanstalkClient client = client(1)) {
      assertThat(Await.value(client.reserve(Duration.ofSeconds(1))))
          .isEqualTo(new Reply.TimedOut());
      Await.value(client.watch(NEWS));
      Await.value(client.ignore(MAIL));
      put(MAIL);
      long news = put(NEWS);
      assertThat(Await.value(client.reserve())).isEqualTo(new Reply.Reserved(news, BODY));
      assertThat(
              Await.value(client.statsTube(MAIL).map(StatsTubeReply::orThrow)).watching())
          .as("the other client's")
          .isEqualTo(1);
    }
  }

  @Test
  void the_client_ends_when_a_waiting_connection_does() {
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        BeanstalkClient client = client(proxy.port(), 1)) {
      Future<ReserveReply> reserve = client.reserve();
      awaitWaiting(1);
      proxy.cut();
      Await.failure(reserve, BeanstalkConnectionException.class);
      Await.value(client.ended());
      assertThat(
              Await.failure(client.stats(), BeanstalkConnectionException.class).isSent())
          .isFalse();
      Await.failure(client.reserve(), BeanstalkConnectionException.class);
    }
  }

  @Test
  void a_waiting_connection_that_cannot_be_opened_fails_the_reserve_alone() {
    try (TcpProxy proxy = TcpProxy.to(broker.port());
        BeanstalkClient client = client(proxy.port(), 1)) {
      proxy.refuse();
      assertThat(Await.failure(client.reserve(), BeanstalkConnectionException.class)
              .isSent())
          .isFalse();
      Await.value(client.stats());
      proxy.admit();
      long id = put(MAIL);
      assertThat(Await.value(client.reserve())).isEqualTo(new Reply.Reserved(id, BODY));
    }
  }
}
