/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.JobLostException;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRefusedException.Reason;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.NoServerException;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.taskwire.gearman.connection.ScriptedServer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can go wrong between a client and a server, and limits. */
@Timeout(60)
class ClientFaultsTest {

  private static GearmanOptions.Builder options(int port) {
    return GearmanOptions.builder().server("127.0.0.1", port).retry(Duration.ofMillis(100));
  }

  /** Greets, and acknowledges nothing. */
  private static ScriptedServer silent() {
    return new ScriptedServer(ScriptedServer::greet);
  }

  @Test
  void submits_beyond_those_in_flight_wait_in_order_and_beyond_these_are_refused() {
    try (ScriptedServer server = silent();
        GearmanClient client = GearmanClient.open(
            options(server.port()).maxInFlight(2).maxPending(3).build())) {
      Await.done(client.connected());
      List<GearmanJob> jobs = IntStream.range(0, 6)
          .mapToObj(i -> client.submit("f", String.valueOf(i)))
          .toList();

      JobRefusedException full = Await.failure(jobs.get(5).result(), JobRefusedException.class);
      assertThat(full.reason()).isEqualTo(Reason.CLIENT_FULL);
      assertThat(full).hasMessageContaining("maxPending=3");
      assertThat(jobs.subList(0, 5)).allMatch(job -> job.state() == JobState.PENDING);
      assertThat(jobs.stream().mapToInt(GearmanJob::attempts)).containsExactly(1, 1, 0, 0, 0, 0);

      NetSocket socket = take(server.connections);
      for (int i = 0; i < 5; i++) {
        ScriptedServer.send(socket, new JobCreated("H:x:" + i));
        int last = i;
        Await.until("it is created", () -> jobs.get(last).state() == JobState.CREATED);
      }
      assertThat(jobs.subList(0, 5).stream().map(GearmanJob::handle))
          .containsExactly("H:x:0", "H:x:1", "H:x:2", "H:x:3", "H:x:4");
    }
  }

  @Test
  void more_jobs_than_may_be_awaited_are_refused_until_one_ends() {
    try (ScriptedServer server = silent();
        GearmanClient client =
            GearmanClient.open(options(server.port()).maxAwaiting(1).build())) {
      GearmanJob one = client.submit("f", "1");
      GearmanJob two = client.submit("f", "2");

      assertThat(Await.failure(two.result(), JobRefusedException.class))
          .hasMessageContaining("maxAwaiting=1");
      one.abandon();
      GearmanJob three = client.submit("f", "3");
      Await.until("it was sent", () -> three.attempts() == 1);
    }
  }

  @Test
  void a_submit_that_is_never_acknowledged_is_lost_in_time_and_later_ones_get_their_answers() {
    try (ScriptedServer server = silent();
        GearmanClient client = GearmanClient.open(
            options(server.port()).requestTimeout(Duration.ofMillis(200)).build())) {
      GearmanJob job = client.submit("f", "x");

      assertThat(Await.failure(job.result(), JobLostException.class))
          .hasMessageContaining("has not acknowledged")
          .hasMessageContaining("200 ms");
      assertThat(job.state()).isEqualTo(JobState.LOST);
      GearmanJob next = client.submit("f", "y");
      Await.until("it was sent", () -> next.attempts() == 1);
      ScriptedServer.send(
          take(server.connections),
          new JobCreated("H:x:1"),
          new JobCreated("H:x:2"),
          new WorkComplete("H:x:1", Buffer.buffer("late")),
          new WorkComplete("H:x:2", Buffer.buffer("right")));
      assertThat(Await.value(next.result()).toString()).isEqualTo("right");
      assertThat(job.state()).isEqualTo(JobState.LOST);
    }
  }

  @Test
  void a_frozen_server_is_given_up_and_the_job_lost() {
    try (GearmandBroker broker = GearmandBroker.create()) {
      broker.start();
      try (GearmanClient client = GearmanClient.open(
          options(broker.port()).heartbeat(Duration.ofMillis(100)).build())) {
        GearmanJob job = client.submit("frozen", "x");
        Await.done(job.accepted());
        broker.freeze();

        assertThat(Await.failure(job.result(), JobLostException.class))
            .hasRootCauseMessage("127.0.0.1:" + broker.port() + " has not answered for 300 ms");
        broker.thaw();
        GearmanJob again = client.submit("frozen", "x");
        Await.done(again.accepted());
      }
    }
  }

  @Test
  void a_cut_connection_is_made_again_and_options_are_set_again() {
    try (ScriptedServer server = silent();
        TcpProxy proxy = TcpProxy.to(server.port());
        GearmanClient client = GearmanClient.open(options(proxy.port()).build())) {
      Await.done(client.option("fancy"));
      server.requests.clear();
      proxy.cut();

      Await.until("the option came again", () -> server.requests.contains(new OptionReq("fancy")));
      assertThat(server.requests).contains(new OptionReq("exceptions"));
    }
  }

  @Test
  void a_server_that_knows_no_echo_is_told_from_one_that_is_slow() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          if (!(request instanceof EchoReq)) {
            ScriptedServer.greet(request, socket);
          }
        });
        GearmanClient client = GearmanClient.open(
            options(server.port()).heartbeat(Duration.ofMillis(50)).build())) {
      assertThat(Await.failure(client.echo(Buffer.buffer("x")), GearmanException.class))
          .hasMessageContaining("does not know ECHO_REQ");
    }
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          if (!(request instanceof EchoReq echo) || echo.data().length() == 0) {
            ScriptedServer.greet(request, socket);
          }
        });
        GearmanClient client = GearmanClient.open(
            options(server.port()).requestTimeout(Duration.ofMillis(100)).build())) {
      assertThat(Await.failure(client.echo(Buffer.buffer("x")), GearmanTimeoutException.class))
          .hasMessageContaining("100 ms");
    }
  }

  @Test
  void a_full_server_is_a_refusal_of_its_own() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof SubmitJob) {
            ScriptedServer.send(socket, new ErrorResponse("QUEUE_ERROR", "Job queue is full"));
          }
        });
        GearmanClient client = GearmanClient.open(options(server.port()).build())) {
      GearmanJob job = client.submit("f", "x");

      assertThat(Await.failure(job.result(), JobRefusedException.class).reason())
          .isEqualTo(Reason.SERVER_FULL);
      assertThat(job.state()).isEqualTo(JobState.REFUSED);
    }
  }

  @Test
  void a_paused_reader_holds_the_server_back_and_loses_nothing() {
    int chunks = 400;
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
    try (GearmanServer server = GearmanServer.start();
        GearmanClient client = GearmanClient.open(options(server.port())
            .streamBuffer(1)
            .heartbeat(Duration.ofMillis(100))
            .build());
        PlainWorker worker = PlainWorker.holding(server.port(), "much")) {
      AtomicLong bytes = new AtomicLong();
      Promise<Void> end = Promise.promise();
      GearmanJob job = client.submit(
          JobRequest.of("much", "x"),
          prepared -> prepared
              .data()
              .pause()
              .handler(part -> bytes.addAndGet(part.length()))
              .endHandler(end::complete));
      JobAssignAll assigned = worker.take();
      for (int i = 0; i < chunks; i++) {
        worker.send(new WorkData(assigned.handle(), chunk));
      }
      worker.complete(assigned, "end");

      // The result is behind the data on the same socket; silent heartbeats pass without a loss.
      assertThat(Await.value(client.waitUntilCompleted(List.of(job), Duration.ofSeconds(1)))
              .open())
          .containsExactly(job);
      assertThat(bytes.get()).isZero();
      assertThat(client.servers().get(0).isConnected()).isTrue();
      job.data().fetch(1);
      Await.until("one chunk came", () -> bytes.get() == chunk.length());
      job.data().resume();
      Await.done(job.result());
      Await.done(end.future());
      assertThat(bytes.get()).isEqualTo((long) chunks * chunk.length());
    }
  }

  @Test
  void data_without_a_reader_is_kept_up_to_a_limit_and_the_rest_reported_missing() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof SubmitJob) {
            ScriptedServer.send(
                socket,
                new JobCreated("H:x:1"),
                new WorkData("H:x:1", Buffer.buffer("12345")),
                new WorkData("H:x:1", Buffer.buffer("678901")),
                new WorkComplete("H:x:1", Buffer.buffer("end")));
          }
        });
        GearmanClient client =
            GearmanClient.open(options(server.port()).streamBuffer(10).build())) {
      GearmanJob job = client.submit("f", "x");
      assertThat(Await.value(job.result()).toString()).isEqualTo("end");

      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
      Promise<Void> end = Promise.promise();
      job.data()
          .exceptionHandler(failure -> heard.add(String.valueOf(failure.getMessage())))
          .endHandler(end::complete)
          .handler(part -> heard.add(part.toString()));
      Await.done(end.future());
      assertThat(heard.poll()).isEqualTo("12345");
      assertThat(heard.poll()).contains("more than 10 bytes").contains("streamBuffer");
    }
  }

  @Test
  void a_chunk_over_the_limit_is_reported_to_its_own_stream_and_the_job_goes_on() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof SubmitJob) {
            ScriptedServer.send(
                socket,
                new JobCreated("H:x:1"),
                new WorkData("H:x:1", Buffer.buffer(new byte[2000])),
                new WorkWarning("H:x:1", Buffer.buffer("careful")),
                new WorkComplete("H:x:1", Buffer.buffer("end")));
          }
        });
        GearmanClient client =
            GearmanClient.open(options(server.port()).maxPayload(1024).build())) {
      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
      Promise<Void> end = Promise.promise();
      GearmanJob job = client.submit(JobRequest.of("f", "x"), prepared -> {
        prepared
            .data()
            .exceptionHandler(failure -> heard.add("data " + failure.getMessage()))
            .handler(part -> heard.add("data"));
        prepared
            .warnings()
            .exceptionHandler(failure -> heard.add("warnings " + failure.getMessage()))
            .endHandler(end::complete)
            .handler(part -> heard.add("warning " + part));
      });

      assertThat(Await.value(job.result()).toString()).isEqualTo("end");
      Await.done(end.future());
      assertThat(heard).hasSize(2);
      assertThat(heard.remove()).startsWith("data ").contains("2000 bytes");
      assertThat(heard.remove()).isEqualTo("warning careful");
    }
  }

  @Test
  void a_listener_or_handler_that_throws_changes_nothing() {
    GearmanListener broken = new GearmanListener() {
      @Override
      public void connected(String server) {
        throw new IllegalStateException("broken listener");
      }
    };
    try (GearmanServer server = GearmanServer.start();
        GearmanClient client =
            GearmanClient.open(options(server.port()).listener(broken).build());
        PlainWorker worker = new PlainWorker(server.port(), "f", (job, self) -> {
          self.send(
              new WorkStatus(job.handle(), 1, 2), new WorkData(job.handle(), Buffer.buffer("x")));
          self.complete(job, "end");
        })) {
      GearmanJob job = client.submit(
          JobRequest.of("f", "x"),
          prepared -> prepared
              .onProgress(progress -> {
                throw new IllegalStateException("broken handler");
              })
              .data()
              .handler(part -> {
                throw new IllegalStateException("broken reader");
              }));

      assertThat(Await.value(job.result()).toString()).isEqualTo("end");
      assertThat(worker.jobs).hasSize(1);
    }
  }

  @Test
  void closing_refuses_what_was_not_sent_and_abandons_what_was() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
      ScriptedServer.greet(request, socket);
      if (request instanceof SubmitJob) {
        ScriptedServer.send(socket, new JobCreated("H:x:1"));
      }
    })) {
      GearmanClient client =
          GearmanClient.open(options(server.port()).maxInFlight(1).build());
      GearmanJob sent = client.submit("f", "x");
      Await.done(sent.accepted());
      client.close();
      GearmanJob late = client.submit("f", "x");

      assertThat(Await.failure(sent.result(), GearmanClosedException.class))
          .hasMessageContaining("may still run");
      assertThat(sent.state()).isEqualTo(JobState.ABANDONED);
      Await.failure(late.result(), GearmanClosedException.class);
      assertThat(late.state()).isEqualTo(JobState.REFUSED);
      Await.failure(client.echo(Buffer.buffer()), GearmanClosedException.class);
      Await.done(client.shutdown());
    }
  }

  @Test
  void closing_without_a_server_leaves_nothing_pending() {
    GearmanClient client = GearmanClient.open(options(1).build());
    GearmanJob job = client.submit("f", "x");
    Future<Void> connected = client.connected();
    Future<Void> feed = client.submitAll(List.of(JobRequest.of("f", "y")), 1, ended -> {});
    client.close();

    Await.failure(job.result(), GearmanClosedException.class);
    Await.failure(job.accepted(), GearmanClosedException.class);
    Await.failure(connected, GearmanClosedException.class);
    Await.failure(feed, GearmanClosedException.class);
    assertThat(job.state()).isEqualTo(JobState.REFUSED);
  }

  @Test
  void a_client_ends_with_the_vertx_it_was_given_and_not_the_other_way_round() {
    try (ScriptedServer server = silent()) {
      Vertx vertx = Vertx.vertx();
      GearmanClient first = GearmanClient.open(vertx, options(server.port()).build());
      Await.done(first.connected());
      first.close();
      GearmanClient second = GearmanClient.open(vertx, options(server.port()).build());
      Await.done(second.connected());
      GearmanJob job = second.submit("f", "x");
      Await.until("it was sent", () -> job.attempts() == 1);
      Await.done(vertx.close());

      Await.failure(job.result(), GearmanClosedException.class);
      second.close();
    }
  }

  @Test
  void objects_travel_through_the_serializer() {
    Serializer numbers = new Serializer() {
      @Override
      public String name() {
        return "numbers";
      }

      @Override
      public Buffer encode(@Nullable Object value, Type type) {
        return Buffer.buffer("n" + value);
      }

      @Override
      public Object decode(Buffer payload, Type type) {
        String text = payload.toString();
        if (!text.startsWith("n")) {
          throw new SerializationException("not a number: " + text, null);
        }
        return Integer.valueOf(text.substring(1));
      }
    };
    try (GearmanServer server = GearmanServer.start();
        GearmanClient client =
            GearmanClient.open(options(server.port()).serializer(numbers).build());
        PlainWorker worker = new PlainWorker(server.port(), "echo", (job, self) -> {
          self.send(new WorkData(job.handle(), job.payload()));
          self.complete(job, job.payload().toString());
        })) {
      LinkedBlockingQueue<Object> decoded = new LinkedBlockingQueue<>();
      GearmanJob job = client.submit(
          JobRequest.ofValue("echo", 42, Integer.class),
          prepared -> prepared
              .data()
              .handler(part -> decoded.add(String.valueOf(prepared.decode(part, Integer.class)))));
      assertThat(Await.value(job.result(Integer.class))).isEqualTo(42);
      assertThat(take(decoded)).isEqualTo("42");
      assertThat(worker.take().payload().toString()).isEqualTo("n42");

      GearmanJob odd = client.submit("echo", "odd");
      assertThat(Await.failure(odd.result(Integer.class), GearmanException.class))
          .hasMessageContaining("not a number: odd");
      assertThat(Await.value(odd.result()).toString()).isEqualTo("odd");
    }
  }

  @Test
  void over_tls_a_job_runs_and_a_wrong_authority_is_named_at_once() {
    GearmanServerOptions tls = GearmanServerOptions.create()
        .tls(TestCertificates.SERVER.key(), TestCertificates.SERVER.certificate())
        .clientCa(TestCertificates.ca());
    try (GearmanServer server = GearmanServer.start(tls);
        GearmanClient good = GearmanClient.open("gearmans://localhost:" + server.port() + "?ca="
            + TestCertificates.ca() + "&key=" + TestCertificates.CLIENT.key() + "&cert="
            + TestCertificates.CLIENT.certificate())) {
      Await.done(good.submit(JobRequest.of("f", "x").background()).accepted());

      GearmanOptions distrustful = GearmanOptions.builder()
          .server("localhost", server.port())
          .ca(TestCertificates.otherCa())
          .build();
      try (GearmanClient bad = GearmanClient.open(distrustful)) {
        GearmanJob refused = bad.submit("f", "x");
        assertThat(Await.failure(refused.result(), NoServerException.class))
            .hasMessageContaining("certificate");
      }
    }
  }

  @Test
  void a_tls_file_that_cannot_be_read_is_an_error_at_once() {
    assertThatThrownBy(() -> GearmanClient.open("gearmans://localhost?ca=/no/such/file"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'ca'")
        .hasMessageContaining("/no/such/file");
    assertThatThrownBy(() -> GearmanOptions.of("gearman://localhost?ca=/ca.pem"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("gearmans://");
    assertThatThrownBy(() -> GearmanOptions.of("gearmans://localhost?key=/k.pem"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'cert'");
  }

  @Test
  void limits_hold_for_what_is_waited_for_without_a_server() {
    try (GearmanClient client = GearmanClient.open(options(1).maxPending(1).build())) {
      Future<Void> first = client.connected();
      assertThat(Await.failure(client.connected(), GearmanException.class))
          .hasMessageContaining("maxPending=1");
      assertThat(first.isComplete()).isFalse();
    }
  }

  private static <T> T take(LinkedBlockingQueue<T> queue) {
    Await.until("something came", () -> !queue.isEmpty());
    return queue.remove();
  }
}
