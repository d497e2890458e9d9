/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.Noop;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.connection.ScriptedServer;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.CoreOptions;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a server, or between it and us. */
@Timeout(60)
class ConnectionTest {

  @Test
  void a_server_that_knows_neither_options_nor_echo_is_used_without_waiting_for_them() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          if (!(request instanceof OptionReq || request instanceof EchoReq)) {
            ScriptedServer.greet(request, socket);
            if (request instanceof SubmitJob) {
              ScriptedServer.send(socket, new JobCreated("H:1:1"), new WorkFail("H:1:1"));
            }
          }
        });
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port()).connect()) {
      stage.get(stage.session()::ping);
      Caller caller = stage.submit(Caller.of("t", "x"));

      assertThat(caller.task().id()).isEqualTo("H:1:1");
      assertThatThrownBy(caller::result).isInstanceOf(Caller.Failed.class);
    }
  }

  @Test
  void a_server_that_takes_connections_and_never_answers_is_given_up() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Stage stage = Stage.of(new GearmanTransportProvider(), silent.getLocalPort())
            .with(CoreOptions.CONNECT_TIMEOUT, Duration.ofMillis(200))) {
      assertThatThrownBy(stage::connect)
          .isInstanceOfSatisfying(
              BrokerConnectException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("has not answered within 200 ms");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "UNKNOWN_COMMAND\r\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0"
      })
  void a_server_of_another_kind_is_not_worth_another_attempt(String greeting) {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> socket.write(greeting));
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port())) {
      assertThatThrownBy(stage::connect)
          .isInstanceOfSatisfying(
              BrokerConnectException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("does not speak Gearman's protocol");
    }
  }

  @Test
  void a_port_on_which_nobody_listens_and_a_name_nobody_knows_are_worth_another_attempt()
      throws IOException {
    try (Stage stage = Stage.of(new GearmanTransportProvider(), unusedPort())) {
      assertThatThrownBy(stage::connect)
          .isInstanceOfSatisfying(
              BrokerConnectException.class, e -> assertThat(e.isRetryable()).isTrue());
    }
    try (Stage stage =
        Stage.of(new GearmanTransportProvider(), new HostPort("nobody.invalid", 4730))) {
      assertThatThrownBy(stage::connect)
          .isInstanceOfSatisfying(
              BrokerConnectException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("nobody.invalid");
    }
  }

  @Test
  void a_transport_is_made_for_one_host_and_chooses_none_silently() {
    HostPort one = new HostPort("127.0.0.1", 4730);
    HostPort other = new HostPort("127.0.0.1", 4731);

    assertThatThrownBy(Stage.of(new GearmanTransportProvider(), one, other)::transport)
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("needs a host");
  }

  @Test
  void a_submit_that_was_not_acknowledged_when_the_connection_broke_has_an_unknown_outcome() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof SubmitJob) {
            socket.close();
          }
        });
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port()).connect()) {
      Caller caller = stage.submit(Caller.of("t", "x"));

      assertThatThrownBy(caller::task).isInstanceOf(OutcomeUnknownException.class);
      Await.next(stage.sessionsLost());
      Caller later = stage.submit(Caller.of("t", "x"));
      assertThatThrownBy(later::task)
          .isInstanceOfSatisfying(
              TaskConnectException.class, e -> assertThat(e.isSafeToRetry()).isTrue());
    }
  }

  @Test
  void a_broker_that_stops_answering_is_given_up_after_three_heartbeats() {
    try (GearmandBroker broker = GearmandBroker.create()) {
      broker.start();
      try (Stage stage = Stage.of(new GearmanTransportProvider(), broker.port())
          .with(GearmanTransportProvider.HEARTBEAT, Duration.ofMillis(100))
          .connect()) {
        LinkedBlockingQueue<Throwable> consumersLost = new LinkedBlockingQueue<>();
        stage.consume("t", 1, delivery -> {}, consumersLost::add);
        broker.freeze();

        assertThat(Await.next(stage.sessionsLost())).hasMessageContaining("has not answered");
        Await.next(consumersLost);
        broker.thaw();
      }
    }
  }

  @Test
  void a_worker_survives_an_error_that_nobody_asked_for() {
    LinkedBlockingQueue<NetSocket> workers = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<WorkComplete> completed = new LinkedBlockingQueue<>();
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof GrabJobUniq) {
            workers.add(socket);
          } else if (request instanceof WorkComplete complete) {
            completed.add(complete);
          }
        });
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port()).connect()) {
      stage.consume("t", 1, delivery -> delivery.complete(delivery.payload(), Map.of()));
      ScriptedServer.send(
          Await.next(workers),
          new ErrorResponse("JOB_NOT_FOUND", "Job given in work result not found"),
          new JobAssignUniq("H:1:7", "t", "", Buffer.buffer("p")));

      assertThat(Await.next(completed)).isEqualTo(new WorkComplete("H:1:7", Buffer.buffer("p")));
    }
  }

  @Test
  void a_worker_sleeps_after_no_job_and_asks_once_however_often_it_is_woken() {
    AtomicInteger grabs = new AtomicInteger();
    LinkedBlockingQueue<NetSocket> sleepers = new LinkedBlockingQueue<>();
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof GrabJobUniq && grabs.incrementAndGet() == 1) {
            ScriptedServer.send(socket, new NoJob());
          } else if (request instanceof PreSleep) {
            sleepers.add(socket);
          }
        });
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port())
            .with(GearmanTransportProvider.HEARTBEAT, Duration.ofMillis(50))
            .connect()) {
      stage.consume("t", 64, delivery -> {});
      NetSocket socket = Await.next(sleepers);
      ScriptedServer.send(socket, new Noop(), new Noop(), new Noop());
      // Heartbeats come and go, and each would ask again if the unanswered grab did not count.
      server.requests.clear();
      for (int beats = 0; beats < 6; ) {
        Request request = Await.next(server.requests);
        beats += request instanceof GetStatus ? 1 : 0;
      }

      assertThat(grabs.get()).isEqualTo(2);
    }
  }

  @Test
  void closing_ends_in_time_even_if_the_server_answers_no_more() {
    AtomicInteger answered = new AtomicInteger();
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
      if (answered.getAndIncrement() < 3) {
        ScriptedServer.greet(request, socket);
      }
    })) {
      Stage stage = Stage.of(new GearmanTransportProvider(), server.port()).connect();

      stage.close();
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
