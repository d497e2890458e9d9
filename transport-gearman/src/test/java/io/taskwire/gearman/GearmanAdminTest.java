/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SetClientId;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.connection.ScriptedServer;
import io.taskwire.gearman.server.RawPeer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GearmanAdminTest {

  private static final Buffer DATA = Buffer.buffer("data");

  @Nested
  class Of_gearmand {

    private final GearmandBroker broker = GearmandBroker.create();
    private GearmanAdmin admin;

    @BeforeEach
    void start() {
      broker.start();
      admin = GearmanAdmin.open(broker.url());
    }

    @AfterEach
    void stop() {
      admin.close();
      broker.close();
    }

    @Test
    void an_empty_server_has_no_functions_and_one_who_asks() {
      assertThat(Await.value(admin.status())).isEmpty();
      assertThat(Await.value(admin.priorityStatus())).isEmpty();
      assertThat(Await.value(admin.jobs())).isEmpty();
      assertThat(Await.value(admin.uniqueKeys())).isEmpty();
      assertThat(Await.value(admin.workers())).singleElement().satisfies(peer -> {
        assertThat(peer.address()).isEqualTo("127.0.0.1");
        assertThat(peer.isWorker()).isFalse();
      });
    }

    @Test
    void a_busy_server_tells_what_waits_runs_and_works() {
      try (RawPeer worker = RawPeer.of(broker.port());
          RawPeer client = RawPeer.of(broker.port())) {
        worker.send(new CanDo("größe"), new SetClientId("worker one"));
        String first = created(client, new SubmitJobHighBg("größe", "u-1", DATA));
        String second = created(client, new SubmitJobBg("größe", "u-2", DATA));
        String third = created(client, new SubmitJob("größe", "u-3", DATA));
        created(client, new SubmitJobLowBg("größe", "u-4", DATA));
        worker.send(new GrabJob());
        assertThat(worker.next()).isInstanceOf(JobAssign.class);

        assertThat(Await.value(admin.status()))
            .containsExactly(new FunctionStatus("größe", 4, 1, 1));
        assertThat(Await.value(admin.priorityStatus()))
            .containsExactly(new FunctionPriorities("größe", 0, 2, 1, 1));
        assertThat(Await.value(admin.uniqueKeys()))
            .containsExactlyInAnyOrder("u-1", "u-2", "u-3", "u-4");
        assertThat(Await.value(admin.jobs()))
            .hasSize(4)
            .contains(
                new ListedJob(first, 0, false, true),
                new ListedJob(second, 0, false, true),
                new ListedJob(third, 0, false, false));
        assertThat(Await.value(admin.workers()))
            .filteredOn(ConnectedPeer::isWorker)
            .singleElement()
            .satisfies(peer -> {
              assertThat(peer.clientId()).isEqualTo("worker one");
              assertThat(peer.functions()).containsExactly("größe");
            });
      }
    }

    @Test
    void a_cancelled_job_fails_for_its_client_and_counts_until_a_worker_asks() {
      try (RawPeer worker = RawPeer.of(broker.port());
          RawPeer client = RawPeer.of(broker.port())) {
        worker.send(new CanDo("f"));
        String handle = created(client, new SubmitJob("f", "", DATA));

        Await.value(admin.cancelJob(handle));

        assertThat(client.next()).isEqualTo(new WorkFail(handle));
        Await.value(admin.cancelJob(handle));
        assertThat(Await.value(admin.jobs()))
            .containsExactly(new ListedJob(handle, 0, true, false));
        assertThat(Await.value(admin.status())).containsExactly(new FunctionStatus("f", 1, 0, 1));
      }
    }

    @Test
    void a_job_that_is_not_there_cannot_be_cancelled() {
      GearmanCommandException refused =
          Await.failure(admin.cancelJob("H:nowhere:1"), GearmanCommandException.class);

      assertThat(refused.code()).isEqualTo("UNKNOWN_JOB");
      assertThat(refused.command()).isEqualTo("cancel job H:nowhere:1");
      assertThat(refused).hasMessageContaining(admin.server());
    }

    @Test
    void functions_are_created_and_dropped_by_their_whole_name() {
      Await.value(admin.createFunction("made"));
      Await.value(admin.createFunction("made"));
      assertThat(Await.value(admin.status())).containsExactly(new FunctionStatus("made", 0, 0, 0));

      Await.value(admin.dropFunction("made"));
      assertThat(Await.value(admin.status())).isEmpty();
      GearmanCommandException refused =
          Await.failure(admin.dropFunction("made"), GearmanCommandException.class);
      assertThat(refused.code()).isEmpty();
      assertThat(refused.text()).isEqualTo("function not found");
    }

    @Test
    void a_function_with_a_worker_is_not_dropped() {
      try (RawPeer worker = RawPeer.of(broker.port())) {
        worker.send(new CanDo("f"));
        worker.hearsNothing();

        assertThat(Await.failure(admin.dropFunction("f"), GearmanCommandException.class)
                .text())
            .contains("still connected workers");
      }
    }

    @Test
    void a_full_queue_refuses_jobs_until_its_limit_is_gone() {
      try (RawPeer client = RawPeer.of(broker.port())) {
        Await.value(admin.createFunction("f"));
        Await.value(admin.maxQueue("f", 1));
        created(client, new SubmitJobBg("f", "", DATA));
        client.send(new SubmitJobBg("f", "", DATA));
        assertThat(client.next())
            .isInstanceOfSatisfying(
                ErrorResponse.class, error -> assertThat(error.code()).isEqualTo("QUEUE_ERROR"));

        Await.value(admin.unlimitedQueue("f"));
        created(client, new SubmitJobBg("f", "", DATA));
        Await.value(admin.maxQueue("f", 1));
        Await.value(admin.maxQueue("f", 0));
        created(client, new SubmitJobBg("f", "", DATA));
      }
    }

    @Test
    void each_priority_has_a_limit_of_its_own() {
      try (RawPeer client = RawPeer.of(broker.port())) {
        Await.value(admin.createFunction("f"));
        Await.value(admin.maxQueue("f", 5, 1, 5));
        created(client, new SubmitJobBg("f", "", DATA));
        client.send(new SubmitJobBg("f", "", DATA));
        assertThat(client.next()).isInstanceOf(ErrorResponse.class);
        created(client, new SubmitJobHighBg("f", "", DATA));
        created(client, new SubmitJobLowBg("f", "", DATA));
      }
    }

    @Test
    void the_limit_of_an_unknown_function_is_taken_and_forgotten() {
      try (RawPeer client = RawPeer.of(broker.port())) {
        Await.value(admin.maxQueue("f", 1));

        created(client, new SubmitJobBg("f", "", DATA));
        created(client, new SubmitJobBg("f", "", DATA));
      }
    }

    @Test
    void it_says_who_it_is() {
      assertThat(Await.value(admin.version())).startsWith("1.1.");
      assertThat(Await.value(admin.pid())).isPositive();
      assertThat(Await.value(admin.verbosity())).isNotBlank();
      assertThat(Await.value(admin.command("version")))
          .containsExactly("OK " + Await.value(admin.version()));
    }

    @Test
    void what_it_does_not_know_is_a_typed_refusal() {
      for (var answer : List.of(
          admin.command("nosuch"), admin.shutdownServer(), admin.shutdownServerGracefully())) {
        assertThat(Await.failure(answer, GearmanCommandException.class).code())
            .isEqualTo("UNKNOWN_COMMAND");
      }
    }

    @Test
    void it_is_connected_anew_after_its_restart() {
      Await.value(admin.version());
      broker.kill();
      assertThat(Await.failure(admin.version())).isInstanceOf(GearmanConnectionException.class);

      broker.start();
      assertThat(Await.value(admin.version())).isNotEmpty();
    }

    @Test
    void a_frozen_one_is_waited_for_no_longer_than_the_limit() {
      try (GearmanAdmin hasty = GearmanAdmin.open(broker.url() + "?requestTimeout=200ms")) {
        Await.value(hasty.version());
        broker.freeze();

        assertThat(Await.failure(hasty.version())).isInstanceOf(GearmanTimeoutException.class);
        broker.thaw();
        assertThat(Await.value(hasty.pid())).isPositive();
      }
    }

    @Test
    void the_connection_of_a_client_serves_as_well() {
      try (GearmanClient client = GearmanClient.open(broker.url())) {
        Await.value(client.connected());
        GearmanAdmin shared = client.admin(client.servers().get(0).server());
        GearmanJob job = client.submit(JobRequest.of("f", "x"));
        Await.value(job.accepted());

        assertThat(Await.value(shared.workers())).hasSize(1);
        Await.value(shared.cancelJob(job.handle()));
        Await.failure(job.result(), JobFailedException.class);
        shared.close();
        assertThat(Await.value(shared.pid())).isPositive();
      }
    }

    @Test
    void a_client_that_has_lost_it_has_no_way_to_it() {
      try (GearmanClient client = GearmanClient.open(broker.url())) {
        Await.value(client.connected());
        GearmanAdmin shared = client.admin(client.servers().get(0).server());
        broker.kill();

        assertThat(Await.failure(shared.version())).isInstanceOf(GearmanException.class);
      }
    }

    private String created(RawPeer client, Request submit) {
      client.send(submit);
      Response answer = client.next();
      assertThat(answer).isInstanceOf(JobCreated.class);
      return ((JobCreated) answer).handle();
    }
  }

  @Test
  void our_own_server_gives_the_same_answers() {
    try (GearmanServer server = GearmanServer.start();
        GearmanAdmin admin = GearmanAdmin.open(server.uri());
        RawPeer worker = RawPeer.of(server.port());
        RawPeer client = RawPeer.of(server.port())) {
      worker.send(new CanDo("f"), new SetClientId("worker one"));
      worker.hearsNothing();
      client.send(new SubmitJobHighBg("f", "u-1", DATA), new SubmitJob("f", "u-2", DATA));
      assertThat(client.next()).isInstanceOf(JobCreated.class);
      String second = ((JobCreated) client.next()).handle();

      assertThat(Await.value(admin.status())).containsExactly(new FunctionStatus("f", 2, 0, 1));
      assertThat(Await.value(admin.priorityStatus()))
          .containsExactly(new FunctionPriorities("f", 1, 1, 0, 1));
      assertThat(Await.value(admin.uniqueKeys())).containsExactlyInAnyOrder("u-1", "u-2");
      assertThat(Await.value(admin.jobs()))
          .hasSize(2)
          .contains(new ListedJob(second, 0, false, false));
      assertThat(Await.value(admin.workers()))
          .hasSize(3)
          .filteredOn(ConnectedPeer::isWorker)
          .singleElement()
          .satisfies(peer -> assertThat(peer.clientId()).isEqualTo("worker one"));
      Await.value(admin.cancelJob(second));
      assertThat(client.next()).isEqualTo(new WorkFail(second));
      Await.value(admin.createFunction("made"));
      Await.value(admin.maxQueue("made", 1));
      Await.value(admin.dropFunction("made"));
      assertThat(Await.failure(admin.dropFunction("f"), GearmanCommandException.class)
              .text())
          .contains("still connected workers");
      assertThat(Await.value(admin.version())).isNotBlank();
      assertThat(Await.value(admin.pid())).isEqualTo(ProcessHandle.current().pid());
      assertThat(Await.value(admin.verbosity())).isNotBlank();
      assertThat(Await.failure(admin.command("nosuch"), GearmanCommandException.class)
              .code())
          .isEqualTo("UNKNOWN_COMMAND");
      Await.value(admin.shutdownServer());
      Await.value(server.closed());
    }
  }

  @Test
  void nobody_there_is_a_connection_failure_at_once() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    try (GearmanAdmin admin = GearmanAdmin.open("gearman://127.0.0.1:" + port)) {
      assertThat(Await.failure(admin.status(), GearmanConnectionException.class))
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void a_server_that_says_ok_to_a_shutdown_may_be_gone_after_it() {
    try (ScriptedServer server = new ScriptedServer(
            ScriptedServer::greet,
            (line, socket) -> socket.write("OK\r\n").onComplete(written -> socket.close()));
        GearmanAdmin admin = GearmanAdmin.open("gearman://127.0.0.1:" + server.port())) {
      Await.value(admin.shutdownServer());
    }
  }

  @Test
  void a_server_that_leaves_commands_unanswered_is_not_waited_for() {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::greet, (line, socket) -> {});
        GearmanAdmin admin = GearmanAdmin.open("gearman://127.0.0.1:" + server.port())) {
      assertThat(Await.failure(admin.pid())).isInstanceOf(GearmanCommandException.class);
    }
  }

  @Test
  void what_could_smuggle_in_another_command_is_refused_before_it_is_sent() {
    try (GearmanAdmin admin = GearmanAdmin.open("gearman://127.0.0.1:1")) {
      for (String bad : new String[] {"", "a b", "a\r\nshutdown", "a\tb", "a\0b", "a\nb"}) {
        assertThatThrownBy(() -> admin.createFunction(bad))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.dropFunction(bad))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.maxQueue(bad, 1))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admin.cancelJob(bad)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> admin.command("status\r\nshutdown"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> admin.maxQueue("f", -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_closed_one_takes_no_commands_and_leaves_a_given_vertx_alone() {
    Vertx vertx = Vertx.vertx();
    try {
      GearmanAdmin own = GearmanAdmin.open("gearman://127.0.0.1:1");
      GearmanAdmin guest = GearmanAdmin.open(vertx, GearmanOptions.of("gearman://127.0.0.1:1"));
      own.close();
      own.close();
      guest.close();

      assertThat(Await.failure(own.status())).isInstanceOf(GearmanClosedException.class);
      assertThat(Await.failure(guest.status())).isInstanceOf(GearmanClosedException.class);
      Await.value(vertx.timer(1));
    } finally {
      Await.done(vertx.close());
    }
  }

  @Test
  void one_looks_after_one_server() {
    assertThatThrownBy(() -> GearmanAdmin.open("gearman://a,b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one server");
  }
}
