/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.FreePort;
import io.taskwire.tck.proxy.Direction;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers are told when the network, the server or they themselves end a connection. */
@Timeout(60)
class ClientFaultsTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();
  private static final Buffer BODY = Buffer.buffer("hello");
  private static final int CALLERS = 200;

  private TcpProxy proxy;

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void stopBroker() {
    BROKER.close();
  }

  @BeforeEach
  void open() {
    proxy = TcpProxy.to(BROKER.port());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  /** The default tube may hold jobs of other tests. */
  private static void watchNothing(BeanstalkClient client) {
    Await.value(client.watch(Tube.of("nothing-here")));
    Await.value(client.ignore(Tube.DEFAULT));
  }

  private BeanstalkOptions.Builder options() {
    return BeanstalkOptions.builder().server("127.0.0.1", proxy.port());
  }

  private static BeanstalkClient connect(BeanstalkOptions.Builder options) {
    return Await.value(BeanstalkClient.connect(options.build()));
  }

  private static List<Future<PutReply>> puts(BeanstalkClient client) {
    List<Future<PutReply>> puts = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      puts.add(client.put(BODY, PutOptions.DEFAULT));
    }
    return puts;
  }

  private static long totalJobs() {
    try (BeanstalkAdmin admin = BeanstalkAdmin.open("beanstalk://127.0.0.1:" + BROKER.port())) {
      return Await.value(admin.stats()).totalJobs();
    }
  }

  @Test
  void a_lost_connection_fails_every_waiter_as_sent_and_later_commands_as_not() {
    try (BeanstalkClient client = connect(options())) {
      long before = totalJobs();
      proxy.stall(Direction.TO_CLIENT);
      List<Future<PutReply>> puts = puts(client);
      Await.until("the server has all jobs", () -> totalJobs() == before + CALLERS);
      Future<Throwable> ended = client.ended();
      proxy.cut();
      for (Future<PutReply> put : puts) {
        BeanstalkConnectionException lost = Await.failure(put, BeanstalkConnectionException.class);
        assertThat(lost).hasMessageContaining("127.0.0.1:" + proxy.port());
        assertThat(lost.isSent()).isTrue();
      }
      assertThat(Await.value(ended)).isNotNull();
      BeanstalkConnectionException later =
          Await.failure(client.stats(), BeanstalkConnectionException.class);
      assertThat(later.isSent()).isFalse();
    }
  }

  @Test
  void a_reserve_without_limit_hears_of_a_lost_connection() {
    try (BeanstalkClient client = connect(options())) {
      watchNothing(client);
      Future<ReserveReply> reserve = client.reserve();
      Await.failure(client.stats(), BeanstalkBusyException.class);
      proxy.cut();
      assertThat(Await.failure(reserve, BeanstalkConnectionException.class).isSent())
          .isTrue();
    }
  }

  @Test
  void a_silent_server_is_given_up_after_the_request_timeout() {
    try (BeanstalkClient client = connect(options().requestTimeout(Duration.ofMillis(300)))) {
      proxy.stall(Direction.TO_CLIENT);
      assertThat(Await.failure(
              client.put(BODY, PutOptions.DEFAULT), BeanstalkConnectionException.class))
          .hasMessageContaining("silent")
          .satisfies(e -> assertThat(((BeanstalkException) e).isSent()).isTrue());
      assertThat(Await.value(client.ended())).hasMessageContaining("PT0.3S");
    }
  }

  @Test
  void a_half_open_connection_is_given_up_after_the_request_timeout() {
    try (BeanstalkClient client = connect(options().requestTimeout(Duration.ofMillis(300)))) {
      proxy.stall();
      puts(client).forEach(put -> Await.failure(put, BeanstalkConnectionException.class));
    }
  }

  @Test
  void a_reserve_that_waits_may_take_its_own_time_on_top() {
    try (BeanstalkClient client = connect(options().requestTimeout(Duration.ofMillis(300)))) {
      watchNothing(client);
      assertThat(Await.value(client.reserve(Duration.ofSeconds(2))))
          .isEqualTo(new Reply.TimedOut());
      proxy.stall();
      assertThat(Await.failure(
              client.reserve(Duration.ofSeconds(1)), BeanstalkConnectionException.class))
          .hasMessageContaining("silent");
    }
  }

  @Test
  void answers_that_were_held_back_come_to_those_who_asked() {
    try (BeanstalkClient client = connect(options())) {
      proxy.stall(Direction.TO_CLIENT);
      List<Future<PutReply>> puts = puts(client);
      proxy.resume();
      long last = 0;
      for (Future<PutReply> put : puts) {
        long id = Await.value(put.map(PutReply::orThrow)).id();
        assertThat(id).isGreaterThan(last);
        last = id;
      }
    }
  }

  @Test
  void closing_fails_every_waiter_as_closed() {
    BeanstalkClient client = connect(options());
    proxy.stall(Direction.TO_CLIENT);
    List<Future<PutReply>> puts = puts(client);
    client.close();
    puts.forEach(put -> Await.failure(put, BeanstalkClosedException.class));
    BeanstalkClosedException later =
        Await.failure(client.put(BODY, PutOptions.DEFAULT), BeanstalkClosedException.class);
    assertThat(later.isSent()).isFalse();
    client.close();
    Await.value(client.ended());
    // A proxy that is stalled may not notice.
    proxy.resume();
    Await.until("the connection is closed", () -> proxy.connections() == 0);
  }

  @Test
  void a_client_ends_with_the_instance_it_was_given() {
    Vertx vertx = Vertx.vertx();
    BeanstalkClient client =
        Await.value(BeanstalkClient.connect(vertx, options().build()));
    watchNothing(client);
    Future<ReserveReply> reserve = client.reserve();
    Await.value(vertx.close());
    Await.failure(reserve, BeanstalkClosedException.class);
    assertThat(Await.failure(client.stats(), BeanstalkClosedException.class).isSent())
        .isFalse();
    client.close();
  }

  @Test
  void a_client_leaves_the_instance_it_was_given_alone() {
    Vertx vertx = Vertx.vertx();
    BeanstalkClient client =
        Await.value(BeanstalkClient.connect(vertx, options().build()));
    client.close();
    try (BeanstalkClient second =
        Await.value(BeanstalkClient.connect(vertx, options().build()))) {
      Await.value(second.stats());
    }
    Await.value(vertx.close());
  }

  @Test
  void futures_complete_on_the_callers_context() {
    Vertx vertx = Vertx.vertx();
    try (BeanstalkClient client = connect(options())) {
      Future<Boolean> same = Future.future(promise -> vertx.runOnContext(turn -> {
        var caller = Vertx.currentContext();
        client.stats().onSuccess(stats -> promise.complete(Vertx.currentContext() == caller));
      }));
      assertThat(Await.value(same)).isTrue();
    } finally {
      Await.value(vertx.close());
    }
  }

  @Test
  void more_commands_than_may_be_pipelined_fail_unsent_with_advice() {
    try (BeanstalkClient client = connect(options().maxPipelined(10))) {
      proxy.stall();
      List<Future<PutReply>> puts = puts(client);
      BeanstalkBusyException busy =
          Await.failure(puts.get(CALLERS - 1), BeanstalkBusyException.class);
      assertThat(busy).hasMessageContaining("maxPipelined");
      assertThat(busy.isSent()).isFalse();
      proxy.resume();
      assertThat(Await.value(puts.get(0))).isInstanceOf(Reply.Inserted.class);
    }
  }

  @Test
  void what_waits_for_a_server_that_does_not_read_is_bounded() {
    Buffer large = Buffer.buffer(new byte[1 << 20]);
    try (BeanstalkClient client = connect(options())) {
      proxy.stall();
      List<Future<PutReply>> puts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        puts.add(client.put(large, PutOptions.DEFAULT));
      }
      BeanstalkBusyException busy = Await.failure(puts.get(59), BeanstalkBusyException.class);
      assertThat(busy).hasMessageContaining("does not read");
      assertThat(busy.isSent()).isFalse();
      proxy.resume();
      assertThat(Await.value(puts.get(0))).isEqualTo(new Reply.JobTooBig());
    }
  }

  @Test
  void a_port_where_nobody_listens_fails_the_connect() {
    BeanstalkOptions.Builder options =
        BeanstalkOptions.builder().server("127.0.0.1", FreePort.find());
    BeanstalkConnectionException refused =
        Await.failure(BeanstalkClient.connect(options.build()), BeanstalkConnectionException.class);
    assertThat(refused).hasMessageContaining("127.0.0.1:");
    assertThat(refused.isSent()).isFalse();
  }

  @Test
  void a_server_that_takes_connections_and_says_nothing_fails_the_connect() {
    proxy.stall();
    Await.failure(
        BeanstalkClient.connect(options().connectTimeout(Duration.ofMillis(300)).build()),
        BeanstalkConnectionException.class);
    // A proxy that is stalled does not notice.
    proxy.resume();
    Await.until("the connection is closed", () -> proxy.connections() == 0);
  }

  @Test
  void a_server_that_is_no_beanstalkd_fails_the_connect() {
    Vertx vertx = Vertx.vertx();
    NetServer http = vertx
        .createNetServer()
        .connectHandler(
            socket -> socket.handler(bytes -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")));
    Await.value(http.listen(0, "127.0.0.1"));
    BeanstalkOptions options =
        BeanstalkOptions.builder().server("127.0.0.1", http.actualPort()).build();
    assertThat(Await.failure(BeanstalkClient.connect(options), BeanstalkConnectionException.class))
        .hasMessageContaining("does not speak as beanstalkd does")
        .hasMessageContaining("HTTP/1.1 400");
    Await.value(vertx.close());
  }

  @Test
  void an_answer_of_another_command_ends_the_connection() {
    Vertx vertx = Vertx.vertx();
    NetServer wrong = vertx
        .createNetServer()
        .connectHandler(socket -> socket.handler(bytes -> socket.write(
            bytes.toString().startsWith("list") ? "USING default\r\n" : "TOUCHED\r\n")));
    Await.value(wrong.listen(0, "127.0.0.1"));
    try (BeanstalkClient client =
        connect(BeanstalkOptions.builder().server("127.0.0.1", wrong.actualPort()))) {
      Future<?> first = client.delete(1);
      Future<?> second = client.delete(2);
      BeanstalkConnectionException e = Await.failure(first, BeanstalkConnectionException.class);
      assertThat(e).hasMessageContaining("out of step");
      assertThat(e.isSent()).isTrue();
      Await.failure(second, BeanstalkConnectionException.class);
    } finally {
      Await.value(vertx.close());
    }
  }

  @Test
  void one_server_is_connected() {
    assertThatThrownBy(() -> BeanstalkClient.connect("beanstalk://a,b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("producer");
  }
}
