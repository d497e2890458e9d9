/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerCounters;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server begins and ends. */
@Timeout(60)
class LifecycleTest {

  private static final Buffer NOTHING = Buffer.buffer();

  @Test
  void one_line_starts_a_server_that_a_queue_can_use() {
    try (GearmanServer server = GearmanServer.start();
        TaskQueue queue = TaskQueue.open(server.uri())) {
      TaskType<String, String> hello = TaskType.of("hello", String.class, String.class);
      queue.on(hello, name -> "hello " + name);
      queue.start().await();

      assertThat(queue.call(hello, "world").await()).isEqualTo("hello world");
    }
  }

  @Test
  void servers_stand_side_by_side_on_ports_of_their_own() {
    try (GearmanServer one = GearmanServer.start();
        GearmanServer two = GearmanServer.start()) {
      assertThat(one.port()).isPositive().isNotEqualTo(two.port());
      assertThat(one.uri()).isEqualTo("gearman://127.0.0.1:" + one.port());
    }
  }

  @Test
  void a_port_that_is_taken_is_an_error_that_says_so() {
    try (GearmanServer first = GearmanServer.start()) {
      assertThatThrownBy(
              () -> GearmanServer.start(GearmanServerOptions.create().port(first.port())))
          .isInstanceOf(GearmanException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void a_port_is_free_again_after_the_close() {
    GearmanServer first = GearmanServer.start();
    RawPeer peer = RawPeer.of(first).hearsNothing();
    first.close();

    try (GearmanServer second =
        GearmanServer.start(GearmanServerOptions.create().port(first.port()))) {
      RawPeer.of(second).hearsNothing().close();
    }
    assertThat(peer.untilClosed()).isEmpty();
    peer.close();
  }

  @Test
  void a_server_on_all_addresses_tells_one_that_this_machine_reaches() {
    try (GearmanServer server =
        GearmanServer.start(GearmanServerOptions.create().host("0.0.0.0"))) {
      assertThat(server.uri()).isEqualTo("gearman://127.0.0.1:" + server.port());
      RawPeer.of(server).hearsNothing().close();
    }
  }

  @Test
  void a_shutdown_lets_running_jobs_end_and_takes_no_more() {
    GearmanServer server = GearmanServer.start();
    RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing();
    RawPeer client = RawPeer.of(server);
    String running = client.submit(new SubmitJob("f", "", NOTHING));
    client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    Future<Void> end = server.shutdown();
    // The loop answers in order: else the packet could be read before the shutdown has begun.
    server.counters().await();
    client.send(new SubmitJobBg("f", "", NOTHING));
    assertThat(client.next()).isInstanceOf(ErrorResponse.class);
    assertThat(end.isComplete()).isFalse();
    try (RawPeer late = RawPeer.of(server)) {
      assertThat(late.untilClosed()).isEmpty();
    }
    worker.send(new WorkComplete(running, Buffer.buffer("done")));

    assertThat(client.untilClosed())
        .containsExactly(new WorkComplete(running, Buffer.buffer("done")));
    end.await();
    assertThat(server.closed().isComplete()).isTrue();
    worker.close();
    client.close();
  }

  @Test
  void a_shutdown_waits_no_longer_than_it_is_told() {
    GearmanServer server = GearmanServer.start();
    RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing();
    RawPeer client = RawPeer.of(server);
    client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    server.shutdown(Duration.ofHours(1));
    server.shutdown(Duration.ofMillis(10)).await();

    assertThat(client.untilClosed()).isEmpty();
    worker.close();
    client.close();
  }

  @Test
  void a_worker_that_is_lost_in_the_shutdown_does_not_hold_it() {
    GearmanServer server = GearmanServer.start();
    RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing();
    RawPeer client = RawPeer.of(server);
    client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    Future<Void> end = server.shutdown(Duration.ofHours(1));
    worker.close();

    end.await();
    client.close();
  }

  @Test
  void closing_twice_and_counting_after_the_close_is_fine() {
    GearmanServer server = GearmanServer.start();
    RawPeer.of(server).hearsNothing().close();
    server.close();
    server.close();

    GearmanServerCounters counters = server.counters().await();
    assertThat(counters.connectionsAccepted()).isEqualTo(1);
    assertThat(counters.connections()).isZero();
    assertThat(server.shutdown().isComplete()).isTrue();
  }

  @Test
  void a_server_on_a_given_vertx_leaves_it_open() {
    Vertx vertx = Vertx.vertx();
    GearmanServer server =
        GearmanServer.start(vertx, GearmanServerOptions.create()).await();
    RawPeer.of(server).hearsNothing().close();

    server.close();

    Promise<Void> alive = Promise.promise();
    vertx.setTimer(1, id -> alive.complete());
    alive.future().await();
    vertx.close().await();
  }

  @Test
  void a_server_closes_with_its_vertx() {
    Vertx vertx = Vertx.vertx();
    GearmanServer server =
        GearmanServer.start(vertx, GearmanServerOptions.create()).await();
    RawPeer peer = RawPeer.of(server).hearsNothing();

    vertx.close().await();

    server.closed().await();
    assertThat(peer.untilClosed()).isEmpty();
    peer.close();
    assertThat(server.counters().await().connectionsAccepted()).isEqualTo(1);
  }

  @Test
  void an_event_loop_may_close_a_server_but_not_wait_for_its_start() {
    Vertx vertx = Vertx.vertx();
    Promise<GearmanServer> started = Promise.promise();
    vertx.runOnContext(on -> {
      assertThatThrownBy(GearmanServer::start).isInstanceOf(IllegalStateException.class);
      GearmanServer.start(vertx, GearmanServerOptions.create()).onComplete(started);
    });
    GearmanServer server = started.future().await();

    vertx.runOnContext(on -> server.close());

    server.closed().await();
    vertx.close().await();
  }

  @Test
  void counters_tell_what_happened() {
    try (GearmanServer server = GearmanServer.start();
        RawPeer client = RawPeer.of(server);
        RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing()) {
      String one = client.submit(new SubmitJob("f", "u", Buffer.buffer("x")));
      client.submit(new SubmitJob("f", "u", Buffer.buffer("x")));
      String two = client.submit(new SubmitJobBg("f", "", NOTHING));
      worker.send(new GrabJob(), new GrabJob());
      worker.next(JobAssign.class);
      worker.next(JobAssign.class);
      worker.send(new WorkComplete(one, NOTHING), new WorkFail(two)).hearsNothing();
      client.next(WorkComplete.class);
      client.next(WorkComplete.class);
      client.submit(new SubmitJobBg("g", "", Buffer.buffer("waits")));

      GearmanServerCounters counters = server.counters().await();
      assertThat(counters.connections()).isEqualTo(2);
      assertThat(counters.connectionsAccepted()).isEqualTo(2);
      assertThat(counters.packetsReceived()).isEqualTo(11);
      assertThat(counters.packetsSent()).isEqualTo(10);
      assertThat(counters.functions()).isEqualTo(2);
      assertThat(counters.submitted()).isEqualTo(3);
      assertThat(counters.joined()).isEqualTo(1);
      assertThat(counters.assigned()).isEqualTo(2);
      assertThat(counters.completed()).isEqualTo(1);
      assertThat(counters.failed()).isEqualTo(1);
      assertThat(counters.jobsWaiting()).isEqualTo(1);
      assertThat(counters.jobsRunning()).isZero();
      assertThat(counters.jobBytes()).isEqualTo(512 + 5);
    }
  }

  @Test
  void exceptions_can_be_for_every_client() {
    try (GearmanServer server =
            GearmanServer.start(GearmanServerOptions.create().exceptions(true));
        RawPeer client = RawPeer.of(server);
        RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing()) {
      String handle = client.submit(new SubmitJob("f", "", NOTHING));
      worker.send(new GrabJob()).next(JobAssign.class);

      worker.send(new WorkException(handle, Buffer.buffer("why")));

      assertThat(client.next()).isEqualTo(new WorkException(handle, Buffer.buffer("why")));
    }
  }
}
