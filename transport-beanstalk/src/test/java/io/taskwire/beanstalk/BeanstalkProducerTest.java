/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.beanstalk.BeanstalkServerStatus.State;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.Direction;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BeanstalkProducerTest {

  private static final Tube TUBE = Tube.of("work");
  private static final Buffer BODY = Buffer.buffer("x");

  private final BeanstalkdBroker one = BeanstalkdBroker.withBinlog();
  private final BeanstalkdBroker two = BeanstalkdBroker.create();

  @BeforeEach
  void start() {
    one.start();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private static BeanstalkOptions.Builder to(int... ports) {
    BeanstalkOptions.Builder builder = BeanstalkOptions.builder()
        .retry(Duration.ofMillis(50))
        .requestTimeout(Duration.ofSeconds(20));
    for (int port : ports) {
      builder.server("127.0.0.1", port);
    }
    return builder;
  }

  private static BeanstalkProducer open(int... ports) {
    return BeanstalkProducer.open(to(ports).build());
  }

  private static void awaitState(BeanstalkProducer producer, State... states) {
    await()
        .untilAsserted(() -> assertThat(producer.servers())
            .extracting(BeanstalkServerStatus::state)
            .containsExactly(states));
  }

  private static long jobsEverPut(BeanstalkdBroker broker) {
    try (RawClient raw = new RawClient(broker.port())) {
      return raw.ask("stats")
          .lines()
          .filter(line -> line.startsWith("total-jobs: "))
          .mapToLong(line -> Long.parseLong(line.substring("total-jobs: ".length())))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Everything that is ready, in the order in which the broker gives it out. */
  private static List<String> take(BeanstalkdBroker broker) {
    List<String> bodies = new ArrayList<>();
    try (RawClient raw = new RawClient(broker.port())) {
      raw.say("watch " + TUBE);
      for (String body = raw.ask("reserve-with-timeout 0");
          !body.equals("TIMED_OUT");
          body = raw.ask("reserve-with-timeout 0")) {
        bodies.add(body);
      }
    }
    return bodies;
  }

  @Test
  void a_put_has_its_priority_delay_and_time_to_run() {
    try (BeanstalkProducer producer = open(one.port());
        RawClient raw = new RawClient(one.port())) {
      PlacedJob job = producer
          .put(
              TUBE,
              BODY,
              PutOptions.DEFAULT
                  .withPriority(7)
                  .withDelay(Duration.ofMillis(1_500))
                  .withTimeToRun(Duration.ofSeconds(9)))
          .await();
      assertThat(job.toString()).isEqualTo("beanstalk://127.0.0.1:" + one.port() + "/1");
      assertThat(raw.ask("stats-job 1"))
          .contains("pri: 7\n")
          .contains("delay: 2\n")
          .contains("ttr: 9\n")
          .contains("tube: work\n");
    }
  }

  @Test
  void puts_go_to_all_servers_in_turn() {
    two.start();
    try (BeanstalkProducer producer = open(one.port(), two.port())) {
      awaitState(producer, State.CONNECTED, State.CONNECTED);
      for (int i = 0; i < 10; i++) {
        producer.put(TUBE, BODY).await();
      }
      assertThat(List.of(jobsEverPut(one), jobsEverPut(two))).containsExactly(5L, 5L);
    }
  }

  @Test
  void a_draining_server_is_left_for_another_until_it_is_started_again() {
    two.start();
    try (BeanstalkProducer producer = open(one.port(), two.port())) {
      awaitState(producer, State.CONNECTED, State.CONNECTED);
      one.drain();
      PutReport report = producer
          .putAll(TUBE, IntStream.range(0, 20).mapToObj(i -> BODY).toList(), PutOptions.DEFAULT)
          .await();
      assertThat(report.isComplete()).isTrue();
      assertThat(report.placed()).allMatch(job -> job.server().endsWith(":" + two.port()));
      assertThat(jobsEverPut(one)).isZero();
      assertThat(producer.servers().get(0).state()).isEqualTo(State.DRAINING);
      one.restart();
      awaitState(producer, State.CONNECTED, State.CONNECTED);
      producer.put(TUBE, BODY).await();
      producer.put(TUBE, BODY).await();
      assertThat(jobsEverPut(one)).isEqualTo(1);
    }
  }

  @Test
  void where_all_servers_drain_a_put_fails_at_once_and_says_so() {
    try (BeanstalkProducer producer = open(one.port())) {
      producer.connected().await();
      one.drain();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
            .isInstanceOfSatisfying(
                BeanstalkReplyException.class,
                refused -> assertThat(refused.reply()).isInstanceOf(Reply.Draining.class))
            .hasMessageContaining("127.0.0.1:" + one.port())
            .hasMessageContaining("DRAINING");
      }
    }
  }

  @Test
  void where_one_server_drains_and_another_is_away_a_put_waits_for_that() {
    try (BeanstalkProducer producer = open(one.port(), two.port())) {
      producer.connected().await();
      one.drain();
      Future<PlacedJob> waiting = producer.put(TUBE, BODY);
      awaitState(producer, State.DRAINING, producer.servers().get(1).state());
      assertThat(waiting.isComplete()).isFalse();
      two.start();
      assertThat(waiting.await().server()).endsWith(":" + two.port());
    }
  }

  @Test
  void what_was_not_written_when_the_connection_is_lost_goes_to_another_server() {
    try (TcpProxy proxy = TcpProxy.to(one.port());
        BeanstalkProducer producer = open(proxy.port(), two.port())) {
      producer.connected().await();
      proxy.stall(Direction.TO_SERVER);
      // More than all buffers on the way hold, so that a part of it stays here.
      int count = 600;
      List<Buffer> bodies = IntStream.range(0, count)
          .mapToObj(i -> Buffer.buffer(String.format("%05d", i)).appendBytes(new byte[60_000]))
          .toList();
      Future<PutReport> putting = producer.putAll(TUBE, bodies, PutOptions.DEFAULT);
      await().until(() -> producer.servers().get(1).state() == State.FAILED);
      proxy.refuse();
      proxy.cut();
      two.start();
      PutReport report = putting.await();
      assertThat(report.refused()).isZero();
      assertThat(report.unknown()).isPositive().isLessThan(count);
      assertThat(report.placed()).hasSize(count - (int) report.unknown());
      List<String> arrived = new ArrayList<>(take(two));
      assertThat(arrived).hasSize(report.placed().size());
      arrived.addAll(take(one));
      assertThat(arrived).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_put_without_an_answer_is_reported_once_and_never_sent_again() {
    try (TcpProxy proxy = TcpProxy.to(one.port());
        BeanstalkProducer producer = open(proxy.port())) {
      producer.connected().await();
      proxy.stall(Direction.TO_CLIENT);
      Future<PlacedJob> put = producer.put(TUBE, BODY);
      await().until(() -> jobsEverPut(one) == 1);
      proxy.cut();
      proxy.resume();
      assertThatThrownBy(put::await)
          .isInstanceOfSatisfying(
              PutOutcomeUnknownException.class,
              unknown -> assertThat(unknown.server()).isEqualTo("127.0.0.1:" + proxy.port()))
          .hasMessageContaining("into work")
          .hasMessageContaining("unknown");
      // The next put shows that the connection is there again, and what came over it.
      assertThat(producer.put(TUBE, BODY).await().id()).isEqualTo(2);
      assertThat(jobsEverPut(one)).isEqualTo(2);
    }
  }

  @Test
  void a_server_that_is_silent_leaves_the_outcome_unknown() {
    BeanstalkOptions options =
        to(one.port()).requestTimeout(Duration.ofMillis(300)).build();
    try (BeanstalkProducer producer = BeanstalkProducer.open(options)) {
      producer.connected().await();
      one.freeze();
      assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
          .isInstanceOf(PutOutcomeUnknownException.class)
          .hasMessageContaining("silent");
      one.thaw();
    }
  }

  @Test
  void a_batch_is_larger_than_all_limits_and_arrives_in_order() {
    BeanstalkOptions options =
        to(one.port()).maxInFlight(100).maxPending(0).maxPipelined(150).build();
    try (BeanstalkProducer producer = BeanstalkProducer.open(options)) {
      List<Buffer> bodies = IntStream.range(0, 5_000)
          .mapToObj(i -> Buffer.buffer(Integer.toString(i)))
          .toList();
      PutReport report = producer.putAll(TUBE, bodies, PutOptions.DEFAULT).await();
      assertThat(report.isComplete()).isTrue();
      assertThat(report.results()).hasSize(5_000);
      assertThat(take(one))
          .isEqualTo(IntStream.range(0, 5_000).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void of_a_batch_each_put_has_its_own_outcome() {
    try (BeanstalkProducer producer = open(one.port())) {
      PutReport report = producer
          .putAll(
              TUBE,
              List.of(BODY, Buffer.buffer(new byte[70_000]), Buffer.buffer()),
              PutOptions.DEFAULT)
          .await();
      assertThat(report.isComplete()).isFalse();
      assertThat(report.results().stream().map(PutResult::isPlaced))
          .containsExactly(true, false, true);
      assertThat(report.refused()).isEqualTo(1);
      assertThat(report.results().get(1).failure())
          .isInstanceOfSatisfying(
              BeanstalkReplyException.class,
              refused -> assertThat(refused.reply()).isInstanceOf(Reply.JobTooBig.class));
      assertThat(producer.putAll(TUBE, List.of(), PutOptions.DEFAULT).await().isComplete())
          .isTrue();
    }
  }

  @Test
  void what_is_over_the_limits_fails_at_once() {
    BeanstalkOptions options = to(one.port()).maxInFlight(1).maxPending(1).build();
    try (BeanstalkProducer producer = BeanstalkProducer.open(options)) {
      producer.connected().await();
      one.freeze();
      Future<PlacedJob> first = producer.put(TUBE, BODY);
      Future<PlacedJob> second = producer.put(TUBE, BODY);
      assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
          .isInstanceOf(BeanstalkBusyException.class)
          .hasMessageContaining("maxPending=1");
      one.thaw();
      assertThat(List.of(first.await().id(), second.await().id())).containsExactly(1L, 2L);
    }
  }

  @Test
  void puts_wait_while_a_killed_server_comes_back() {
    try (BeanstalkProducer producer = open(one.port())) {
      producer.put(TUBE, BODY).await();
      one.kill();
      await().until(() -> !producer.servers().get(0).isConnected());
      Future<PlacedJob> put = producer.put(TUBE, BODY);
      one.start();
      assertThat(put.await().id()).isEqualTo(2); // its binlog has kept the first
    }
  }

  @Test
  void without_a_server_a_put_fails_in_time_and_names_it() {
    BeanstalkOptions options =
        to(two.port()).requestTimeout(Duration.ofMillis(200)).build();
    try (BeanstalkProducer producer = BeanstalkProducer.open(options)) {
      assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
          .isInstanceOfSatisfying(
              BeanstalkConnectionException.class,
              none -> assertThat(none.isSent()).isFalse())
          .hasMessageContaining("127.0.0.1:" + two.port());
      assertThatThrownBy(() -> producer.connected().await())
          .isInstanceOf(BeanstalkConnectionException.class);
    }
  }

  @Test
  void where_no_attempt_follows_a_put_fails_at_once() {
    BeanstalkOptions options = to(two.port()).noRetry().build();
    try (BeanstalkProducer producer = BeanstalkProducer.open(options)) {
      awaitState(producer, State.GIVEN_UP);
      assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
          .isInstanceOf(BeanstalkConnectionException.class)
          .hasMessageContaining("GIVEN_UP");
    }
  }

  @Test
  void closing_waits_for_what_was_sent_and_refuses_the_rest() {
    BeanstalkProducer producer =
        BeanstalkProducer.open(to(one.port()).maxInFlight(1).build());
    producer.connected().await();
    one.freeze();
    Future<PlacedJob> sent = producer.put(TUBE, BODY);
    Future<PlacedJob> unsent = producer.put(TUBE, BODY);
    Future<Void> closing = producer.shutdown();
    assertThatThrownBy(unsent::await)
        .isInstanceOfSatisfying(
            BeanstalkClosedException.class,
            closed -> assertThat(closed.isSent()).isFalse());
    one.thaw();
    assertThat(sent.await().id()).isEqualTo(1);
    closing.await();
    assertThatThrownBy(() -> producer.put(TUBE, BODY).await())
        .isInstanceOf(BeanstalkClosedException.class);
    assertThat(producer.servers().get(0).state()).isEqualTo(State.CLOSED);
  }

  @Test
  void a_producer_ends_with_the_vertx_instance_it_was_given() {
    Vertx vertx = Vertx.vertx();
    BeanstalkProducer producer = BeanstalkProducer.open(vertx, to(two.port()).build());
    Future<PlacedJob> waiting = producer.put(TUBE, BODY);
    vertx.close().await();
    assertThatThrownBy(waiting::await).isInstanceOf(BeanstalkClosedException.class);
    producer.close();
  }

  @Test
  void a_worker_as_of_aio_beanstalk_does_what_a_producer_calls() {
    try (BeanstalkProducer producer = open(one.port());
        RawClient raw = new RawClient(one.port())) {
      producer.put(TUBE, JsonTask.of("echo", "é", 1).with("k", Map.of())).await();
      assertThat(raw.ask("stats-job 1")).contains("pri: 2147483648\n").contains("ttr: 120\n");
      try (PythonPeer python = PythonPeer.worker(one.port(), "work", 1, 0)) {
        assertThat(python.line()).isEqualTo("done [[\"é\", 1], {\"k\": {}}]");
        producer
            .put(TUBE, JsonTask.of("fail"), PutOptions.DEFAULT.withPriority(5))
            .await();
        assertThat(python.line()).isEqualTo("again fail 1 6 0");
        assertThat(python.line()).isEqualTo("failed fail BURIED");
        producer.put(TUBE, JsonTask.of("nobody")).await();
        assertThat(python.line()).isEqualTo("unknown nobody BURIED");
      }
    }
  }
}
