/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.gearman.GearmanCommandException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Text commands on a connection that speaks packets. */
class TextCommandsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int MAX_PAYLOAD = 10_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final IdleOwner owner = new IdleOwner();
  private final GearmanConnector connector = new GearmanConnector(context, MAX_PAYLOAD, LONG, LONG);

  @AfterEach
  void close() {
    Await.done(connector.close());
    Await.done(vertx.close());
  }

  @Test
  void gearmand_answers_text_and_packets_of_one_connection_in_their_order() {
    try (GearmandBroker broker = GearmandBroker.create()) {
      broker.start();
      GearmanConnection connection = open(broker.port());
      List<Future<?>> answers = new ArrayList<>();
      List<String> order = new ArrayList<>();
      Await.value(on(() -> {
        answers.add(
            connection.ask(new TextCommand("version"), LONG).onSuccess(a -> order.add("version")));
        answers.add(connection.barrier().onSuccess(a -> order.add("packet")));
        answers.add(connection
            .ask(new TextCommand("create function made"), LONG)
            .onSuccess(a -> order.add("create")));
        answers.add(
            connection.ask(new TextCommand("status"), LONG).onSuccess(a -> order.add("status")));
        answers.add(
            connection.ask(new TextCommand("nosuch"), LONG).onSuccess(a -> order.add("nosuch")));
        answers.add(connection.barrier().onSuccess(a -> order.add("packet")));
        return Future.all(answers);
      }));

      assertThat(order)
          .containsExactly("version", "packet", "create", "status", "nosuch", "packet");
      assertThat(((TextAnswer) answers.get(3).result()))
          .isEqualTo(new TextAnswer(List.of("made\t0\t0\t0"), true));
      assertThat(((TextAnswer) answers.get(4).result()).error()).isNotNull();
    }
  }

  @Nested
  class An_answer {

    @Test
    void may_hold_dots_and_errors_as_far_as_the_next_packet() {
      try (ScriptedServer server =
          saying((line, socket) -> socket.write("ERR\n.\nERR none\n.\n"))) {
        assertThat(ask(open(server.port()), "show unique jobs"))
            .isEqualTo(new TextAnswer(List.of("ERR", ".", "ERR none"), true));
      }
    }

    @Test
    void that_never_comes_is_known_not_to_come() {
      try (ScriptedServer server = saying((line, socket) -> {})) {
        assertThatThrownBy(() -> ask(open(server.port()), "getpid"))
            .isInstanceOf(GearmanCommandException.class)
            .hasMessageContaining("refuses \"getpid\": it leaves commands");
      }
    }

    @Test
    void that_is_too_long_fails_and_the_connection_goes_on() {
      String tooLong = "f\t1\t1\t1\n".repeat(MAX_PAYLOAD / 64) + ".\n";
      try (ScriptedServer server =
          saying((line, socket) -> socket.write(line.equals("status") ? tooLong : "OK 1\r\n"))) {
        GearmanConnection connection = open(server.port());

        assertThatThrownBy(() -> ask(connection, "status"))
            .isInstanceOf(GearmanException.class)
            .hasMessageContaining("too long");
        assertThat(ask(connection, "getpid").value()).isEqualTo("1");
      }
    }

    @Test
    void is_waited_for_no_longer_than_was_said_and_a_late_one_is_dropped() {
      LinkedBlockingQueue<Runnable> heldBack = new LinkedBlockingQueue<>();
      AtomicBoolean holding = new AtomicBoolean();
      try (ScriptedServer server = new ScriptedServer(
          (request, socket) -> {
            if (holding.get()) {
              heldBack.add(() -> ScriptedServer.greet(request, socket));
            } else {
              ScriptedServer.greet(request, socket);
            }
          },
          (line, socket) -> {
            holding.set(line.equals("version"));
            Runnable answer = () -> socket.write("OK " + line + "\r\n");
            if (holding.get()) {
              heldBack.add(answer);
            } else {
              heldBack.forEach(Runnable::run);
              answer.run();
            }
          })) {
        GearmanConnection connection = open(server.port());

        assertThatThrownBy(() -> Await.value(
                on(() -> connection.ask(new TextCommand("version"), Duration.ofMillis(50)))))
            .isInstanceOf(GearmanTimeoutException.class)
            .hasMessageContaining("has not answered \"version\" within 50 ms");
        assertThat(ask(connection, "getpid").value()).isEqualTo("getpid");
      }
    }

    @Test
    void before_the_server_shuts_down_is_heard_and_half_a_list_is_not() {
      AtomicBoolean closing = new AtomicBoolean();
      try (ScriptedServer server = new ScriptedServer(
          (request, socket) -> {
            if (!closing.get()) {
              ScriptedServer.greet(request, socket);
            }
          },
          (line, socket) -> {
            closing.set(true);
            socket
                .write(line.equals("shutdown") ? "OK\r\n" : "f\t0\t0\t0\n")
                .compose(written -> socket.close())
                .onComplete(closed -> closing.set(false));
          })) {
        assertThat(ask(open(server.port()), "shutdown").value()).isEmpty();
        assertThatThrownBy(() -> ask(open(server.port()), "status"))
            .isInstanceOf(BrokerConnectException.class);
      }
    }
  }

  @Test
  void a_line_that_nobody_asked_for_ends_the_connection() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
      if (request instanceof EchoReq echo && echo.data().length() > 0) {
        socket.write("OK\r\n");
      }
      ScriptedServer.greet(request, socket);
    })) {
      GearmanConnection connection = open(server.port());
      on(() -> {
        connection.send(new EchoReq(Buffer.buffer("x")));
        return Future.succeededFuture();
      });

      assertThat(Await.value(owner.closed.future()))
          .hasMessageContaining("does not speak Gearman's protocol: it says \"OK\"");
    }
  }

  private static ScriptedServer saying(BiConsumer<String, NetSocket> textScript) {
    return new ScriptedServer(ScriptedServer::greet, textScript);
  }

  private TextAnswer ask(GearmanConnection connection, String line) {
    return Await.value(on(() -> connection.ask(new TextCommand(line), LONG)));
  }

  private GearmanConnection open(int port) {
    return Await.value(on(() -> connector.open(new HostPort("127.0.0.1", port), owner)));
  }

  private <T> Future<T> on(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(on -> action.get().onComplete(done));
    return done.future();
  }
}
