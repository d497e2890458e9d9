/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.MalformedReplyException;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeanstalkConnectionTest {

  private static final Tube TUBE = Tube.of("emails");

  private static BeanstalkdBroker broker;
  private Vertx vertx;

  @BeforeAll
  static void start_broker() {
    broker = BeanstalkdBroker.create();
    broker.start();
  }

  @AfterAll
  static void stop_broker() {
    broker.close();
  }

  @BeforeEach
  void start_vertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop_vertx() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in 20 seconds", e);
    }
  }

  private BeanstalkConnection connect() {
    return await(BeanstalkConnection.connect(vertx, options(broker)));
  }

  private <T> T onLoop(Context context, Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(promise));
    return await(promise.future());
  }

  @Test
  void module_is_named() {
    assertThat(BeanstalkConnection.class.getModule().getName()).isEqualTo("io.taskwire.beanstalk");
  }

  @Test
  void job_is_put_reserved_and_deleted() {
    BeanstalkConnection connection = connect();
    await(connection.send(new Command.Use(TUBE)));
    await(connection.send(new Command.Watch(TUBE)));
    Reply.Inserted put =
        (Reply.Inserted) await(connection.send(new Command.Put(0, 0, 60, Buffer.buffer("a\r\nb"))));
    assertThat(await(connection.send(new Command.Reserve())))
        .isEqualTo(new Reply.Reserved(put.id(), Buffer.buffer("a\r\nb")));
    assertThat(await(connection.send(new Command.Delete(put.id())))).isEqualTo(new Reply.Deleted());
    assertThat(await(connection.send(new Command.Delete(put.id()))))
        .isEqualTo(new Reply.NotFound());
  }

  @Test
  void pipelined_commands_are_answered_in_order() {
    BeanstalkConnection connection = connect();
    List<Future<Reply>> answers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      answers.add(connection.send(new Command.Use(Tube.of("t" + i))));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(await(answers.get(i))).isEqualTo(new Reply.Using(Tube.of("t" + i)));
    }
  }

  @Test
  void stats_name_the_version_of_the_broker() {
    Reply.Ok ok = (Reply.Ok) await(connect().send(new Command.Stats()));
    assertThat(StatsText.map(ok.body())).containsKeys("version", "id", "max-job-size");
  }

  @Test
  void commands_of_one_turn_go_out_in_one_write() {
    Promise<Integer> reads = Promise.promise();
    NetServer server = server(socket -> {
      List<Buffer> chunks = new ArrayList<>();
      socket.handler(chunk -> {
        chunks.add(chunk);
        long lines =
            chunks.stream().mapToLong(c -> c.toString().lines().count()).sum();
        if (lines == 100) {
          reads.complete(chunks.size());
        }
      });
    });
    Context context = vertx.getOrCreateContext();
    BeanstalkConnection connection =
        onLoop(context, () -> BeanstalkConnection.connect(vertx, to(server)));
    context.runOnContext(v -> {
      for (int i = 0; i < 100; i++) {
        connection.send(new Command.Touch(1));
      }
    });
    assertThat(await(reads.future())).isEqualTo(1);
  }

  @Test
  void unhurried_commands_go_out_together_when_half_of_the_answers_are_in() {
    Promise<Integer> linesAfterAnswers = Promise.promise();
    NetServer server = server(socket -> {
      List<Integer> lines = new ArrayList<>();
      socket.handler(chunk -> {
        lines.add((int) chunk.toString().lines().count());
        if (lines.stream().mapToInt(n -> n).sum() == 100) {
          socket.write("TOUCHED\r\n".repeat(50));
        } else if (lines.get(0) == 100 && !linesAfterAnswers.future().isComplete()) {
          linesAfterAnswers.complete(lines.get(1));
        }
      });
    });
    Context context = vertx.getOrCreateContext();
    BeanstalkConnection connection =
        onLoop(context, () -> BeanstalkConnection.connect(vertx, to(server)));
    context.runOnContext(v -> {
      for (int i = 0; i < 100; i++) {
        connection
            .send(new Command.Touch(1))
            .onSuccess(touched -> connection.sendUnhurried(new Command.Delete(1)));
      }
    });
    assertThat(await(linesAfterAnswers.future())).isEqualTo(50);
  }

  @Test
  void unhurried_command_goes_out_at_once_when_nothing_else_is_under_way() {
    Context context = vertx.getOrCreateContext();
    BeanstalkConnection connection =
        onLoop(context, () -> BeanstalkConnection.connect(vertx, options(broker)));
    assertThat(onLoop(context, () -> connection.sendUnhurried(new Command.Touch(1_000_000))))
        .isEqualTo(new Reply.NotFound());
  }

  @Test
  void other_commands_fail_at_once_while_a_reserve_waits() {
    BeanstalkConnection connection = connect();
    await(connection.send(new Command.Watch(Tube.of("empty"))));
    await(connection.send(new Command.Ignore(Tube.DEFAULT)));
    Future<Reply> reserve = connection.send(new Command.ReserveWithTimeout(1));
    assertThatThrownBy(() -> await(connection.send(new Command.Delete(1))))
        .isInstanceOf(BeanstalkBusyException.class)
        .hasMessageContaining("another connection");
    assertThat(await(reserve)).isEqualTo(new Reply.TimedOut());
    assertThat(await(connection.send(new Command.Delete(987654321))))
        .isEqualTo(new Reply.NotFound());
  }

  @Test
  void closing_fails_every_waiter_and_gives_jobs_back() {
    BeanstalkConnection worker = connect();
    Tube tube = Tube.of("closing");
    await(worker.send(new Command.Use(tube)));
    await(worker.send(new Command.Watch(tube)));
    await(worker.send(new Command.Ignore(Tube.DEFAULT)));
    Reply.Inserted put =
        (Reply.Inserted) await(worker.send(new Command.Put(0, 0, 60, Buffer.buffer("x"))));
    await(worker.send(new Command.Reserve()));
    Future<Reply> waiting = worker.send(new Command.Reserve());
    await(worker.close());
    await(worker.close());
    assertThatThrownBy(() -> await(waiting)).isInstanceOf(BeanstalkClosedException.class);
    assertThatThrownBy(() -> await(worker.send(new Command.Stats())))
        .isInstanceOfSatisfying(
            BeanstalkClosedException.class, e -> assertThat(e.isSent()).isFalse());
    BeanstalkConnection other = connect();
    await(other.send(new Command.Watch(tube)));
    assertThat(await(other.send(new Command.ReserveWithTimeout(10))))
        .isEqualTo(new Reply.Reserved(put.id(), Buffer.buffer("x")));
  }

  @Test
  void waiters_learn_whether_their_command_was_written() {
    NetServer server = server(socket -> socket.handler(chunk -> {}));
    Context context = vertx.getOrCreateContext();
    BeanstalkConnection connection =
        onLoop(context, () -> BeanstalkConnection.connect(vertx, to(server)));
    Future<Reply> written = connection.send(new Command.Stats());
    Promise<Future<Reply>> unwritten = Promise.promise();
    context.runOnContext(v -> vertx.setTimer(1, id -> {
      unwritten.complete(connection.send(new Command.Stats()));
      connection.close();
    }));
    assertThatThrownBy(() -> await(await(unwritten.future())))
        .isInstanceOfSatisfying(
            BeanstalkClosedException.class, e -> assertThat(e.isSent()).isFalse());
    assertThatThrownBy(() -> await(written))
        .isInstanceOfSatisfying(
            BeanstalkClosedException.class, e -> assertThat(e.isSent()).isTrue());
  }

  @Test
  void end_of_the_broker_fails_the_waiters_and_is_told_once() {
    try (BeanstalkdBroker mortal = BeanstalkdBroker.create()) {
      mortal.start();
      BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, options(mortal)));
      Future<Reply> reserve = connection.send(new Command.Reserve());
      mortal.kill();
      assertThatThrownBy(() -> await(reserve)).isInstanceOf(BeanstalkConnectionException.class);
      assertThat(await(connection.closed())).isNotNull();
    }
  }

  @Test
  void broker_that_owes_an_answer_and_is_silent_is_given_up() {
    try (BeanstalkdBroker stalled = BeanstalkdBroker.create()) {
      stalled.start();
      ConnectionOptions options =
          options(stalled).withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200));
      BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, options));
      stalled.freeze();
      assertThatThrownBy(() -> await(connection.send(new Command.Stats())))
          .isInstanceOfSatisfying(BeanstalkConnectionException.class, e -> {
            assertThat(e.isSent()).isTrue();
            assertThat(e).hasMessageContaining("silent");
          });
      stalled.thaw();
    }
  }

  @Test
  void idle_connection_and_waiting_reserve_outlive_the_reply_timeout() {
    ConnectionOptions options =
        options(broker).withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300));
    BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, options));
    await(connection.send(new Command.Watch(Tube.of("nothing"))));
    await(connection.send(new Command.Ignore(Tube.DEFAULT)));
    assertThat(await(connection.send(new Command.ReserveWithTimeout(1))))
        .isEqualTo(new Reply.TimedOut());
    assertThat(await(connection.send(new Command.Stats()))).isInstanceOf(Reply.Ok.class);
  }

  @Test
  void malformed_reply_closes_the_connection() {
    NetServer server =
        server(socket -> socket.handler(chunk -> socket.write("HTTP/1.1 400 Bad Request\r\n")));
    BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, to(server)));
    assertThatThrownBy(() -> await(connection.send(new Command.Stats())))
        .hasCauseInstanceOf(MalformedReplyException.class);
    assertThat(await(connection.closed())).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void answer_that_nobody_asked_for_closes_the_connection() {
    NetServer server =
        server(socket -> socket.handler(chunk -> socket.write("DELETED\r\nDELETED\r\n")));
    BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, to(server)));
    assertThat(await(connection.send(new Command.Delete(1)))).isEqualTo(new Reply.Deleted());
    assertThat(await(connection.closed())).hasMessageContaining("nothing had asked for");
  }

  @Test
  void stream_out_of_step_is_answered_and_closed() {
    NetServer server = server(socket -> socket.handler(chunk -> socket.write("EXPECTED_CRLF\r\n")));
    BeanstalkConnection connection = await(BeanstalkConnection.connect(vertx, to(server)));
    assertThat(await(connection.send(new Command.Put(0, 0, 1, Buffer.buffer("x")))))
        .isEqualTo(new Reply.ExpectedCrlf());
    assertThat(await(connection.closed())).hasMessageContaining("out of step");
  }

  @Test
  void job_too_big_is_a_value_and_the_connection_lives_on() {
    BeanstalkConnection connection = connect();
    Future<Reply> big =
        connection.send(new Command.Put(0, 0, 60, Buffer.buffer(new byte[100_000])));
    Future<Reply> next = connection.send(new Command.ListTubeUsed());
    assertThat(await(big)).isEqualTo(new Reply.JobTooBig());
    assertThat(await(next)).isEqualTo(new Reply.Using(Tube.DEFAULT));
  }

  @Test
  void body_over_the_limit_of_this_side_is_a_value() {
    BeanstalkConnection connection =
        await(BeanstalkConnection.connect(vertx, options(broker).withLimits(10, 100)));
    Tube tube = Tube.of("oversized");
    await(connection.send(new Command.Use(tube)));
    await(connection.send(new Command.Watch(tube)));
    await(connection.send(new Command.Ignore(Tube.DEFAULT)));
    Reply.Inserted put = (Reply.Inserted)
        await(connection.send(new Command.Put(0, 0, 60, Buffer.buffer(new byte[11]))));
    assertThat(await(connection.send(new Command.Reserve())))
        .isEqualTo(new Reply.Oversized("RESERVED", put.id(), 11, Buffer.buffer(new byte[11])));
    assertThat(await(connection.send(new Command.Delete(put.id())))).isEqualTo(new Reply.Deleted());
  }

  @Test
  void pipeline_is_bounded() {
    NetServer server = server(socket -> socket.handler(chunk -> {}));
    Context context = vertx.getOrCreateContext();
    BeanstalkConnection connection =
        onLoop(context, () -> BeanstalkConnection.connect(vertx, to(server).withLimits(10, 2)));
    connection.send(new Command.Stats());
    connection.send(new Command.Stats());
    assertThatThrownBy(() -> await(connection.send(new Command.Stats())))
        .isInstanceOf(BeanstalkBusyException.class)
        .hasMessageContaining("maxPipelined");
  }

  @Test
  void quit_is_refused_with_advice() {
    assertThatThrownBy(() -> await(connect().send(new Command.Quit())))
        .hasMessageContaining("close()");
  }

  @Test
  void refused_connection_says_so() {
    try (BeanstalkdBroker notStarted = BeanstalkdBroker.create()) {
      assertThatThrownBy(() -> await(BeanstalkConnection.connect(vertx, options(notStarted))))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void connecting_has_a_limit() {
    // An address of a network for documentation: nothing answers, or the network says at once that
    // there is no way.
    ConnectionOptions nowhere = ConnectionOptions.of("192.0.2.1", 11300)
        .withTimeouts(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThatThrownBy(() -> await(BeanstalkConnection.connect(vertx, nowhere)))
        .isInstanceOf(Exception.class);
  }

  private NetServer server(io.vertx.core.Handler<NetSocket> onConnect) {
    return await(vertx.createNetServer().connectHandler(onConnect).listen(0, "127.0.0.1"));
  }

  private static ConnectionOptions options(BeanstalkdBroker broker) {
    return ConnectionOptions.of("127.0.0.1", broker.port());
  }

  private static ConnectionOptions to(NetServer server) {
    return ConnectionOptions.of("127.0.0.1", server.actualPort());
  }
}
