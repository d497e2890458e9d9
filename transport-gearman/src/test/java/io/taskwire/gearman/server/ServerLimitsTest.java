/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerCounters;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkWarning;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing grows without bound, and nobody can harm others. */
@Timeout(60)
class ServerLimitsTest {

  private static final Buffer NOTHING = Buffer.buffer();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable GearmanServer server;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private GearmanServer start(GearmanServerOptions options) {
    GearmanServer started = GearmanServer.start(options);
    open.add(started);
    server = started;
    return started;
  }

  private GearmanServer server() {
    return server == null ? start(GearmanServerOptions.create()) : server;
  }

  private RawPeer connect() {
    RawPeer peer = RawPeer.of(server());
    open.push(peer);
    return peer;
  }

  private GearmanServerCounters counters() {
    return server().counters().await();
  }

  @Test
  void a_payload_over_the_limit_is_refused_and_the_connection_lives() {
    start(GearmanServerOptions.create().maxPayload(10));
    RawPeer client = connect();

    client.send(
        new SubmitJob("f", "", Buffer.buffer("0123456789a")),
        new EchoReq(Buffer.buffer("0123456789a")),
        new EchoReq(Buffer.buffer("0123456789")));

    ErrorResponse tooLarge = client.next(ErrorResponse.class);
    assertThat(tooLarge.code()).isEqualTo("ARGUMENT_TOO_LARGE");
    assertThat(tooLarge.text()).contains("11 bytes").contains("10");
    assertThat(client.next(ErrorResponse.class)).isEqualTo(tooLarge);
    assertThat(client.next()).isEqualTo(new EchoRes(Buffer.buffer("0123456789")));
  }

  @Test
  void a_job_whose_result_or_data_is_over_the_limit_fails_and_says_why() {
    start(GearmanServerOptions.create().maxPayload(10));
    RawPeer worker = connect().send(new CanDo("f")).hearsNothing();
    RawPeer client = connect().send(new OptionReq("exceptions"));
    client.next(OptionRes.class);
    for (int i = 0; i < 3; i++) {
      String handle = client.submit(new SubmitJob("f", "", NOTHING));
      worker.send(new GrabJob()).next(JobAssign.class);

      Buffer large = Buffer.buffer("0123456789a");
      worker.send(
          switch (i) {
            case 0 -> new WorkComplete(handle, large);
            case 1 -> new WorkData(handle, large);
            default -> new WorkException(handle, large);
          });

      WorkException failure = client.next(WorkException.class);
      assertThat(failure.handle()).isEqualTo(handle);
      assertThat(failure.data()).asString().contains("11 bytes");
    }
  }

  @Test
  void a_warning_over_the_limit_is_lost_and_its_job_goes_on() {
    start(GearmanServerOptions.create().maxPayload(10));
    RawPeer worker = connect().send(new CanDo("f")).hearsNothing();
    RawPeer client = connect();
    String handle = client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    worker.send(
        new WorkWarning(handle, Buffer.buffer("0123456789a")), new WorkComplete(handle, NOTHING));

    assertThat(worker.next(ErrorResponse.class).code()).isEqualTo("ARGUMENT_TOO_LARGE");
    assertThat(client.next()).isEqualTo(new WorkComplete(handle, NOTHING));
  }

  @Test
  void more_connections_than_allowed_are_closed_at_once() {
    start(GearmanServerOptions.create().maxConnections(2));
    connect().hearsNothing();
    RawPeer second = connect().hearsNothing();

    assertThat(connect().untilClosed()).isEmpty();
    second.close();

    await().untilAsserted(() -> assertThat(counters().connections()).isEqualTo(1));
    connect().hearsNothing();
    assertThat(counters().connectionsRefused()).isEqualTo(1);
  }

  @Test
  void more_jobs_than_allowed_are_refused_joined_submits_included() {
    start(GearmanServerOptions.create().maxJobs(3));
    RawPeer client = connect();
    ErrorResponse full = new ErrorResponse("QUEUE_ERROR", "Job queue is full");
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));
    client.submit(new SubmitJob("f", "u", NOTHING));

    assertThat(client.send(new SubmitJob("f", "u", NOTHING)).next()).isEqualTo(full);
    assertThat(client.send(new SubmitJobBg("g", "", NOTHING)).next()).isEqualTo(full);
    assertThat(client.submit(new SubmitJobBg("f", "u", NOTHING))).isEqualTo(handle);

    assertThat(client.ask("cancel job " + handle)).isEqualTo("OK");
    client.next(WorkFail.class);
    client.next(WorkFail.class);
    client.submit(new SubmitJobBg("g", "", NOTHING));
  }

  @Test
  void more_bytes_than_allowed_are_refused_until_a_job_has_ended() {
    start(GearmanServerOptions.create().maxJobBytes(10_000));
    RawPeer worker = connect().send(new CanDo("f")).hearsNothing();
    RawPeer client = connect();
    Buffer payload = Buffer.buffer(new byte[5_000]);
    String first = client.submit(new SubmitJobBg("f", "", payload));

    client.send(new SubmitJobBg("f", "", payload));
    assertThat(client.next(ErrorResponse.class).code()).isEqualTo("QUEUE_ERROR");
    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkComplete(first, NOTHING)).hearsNothing();
    assertThat(counters().jobBytes()).isZero();

    client.submit(new SubmitJobBg("f", "", payload));
  }

  @Test
  void idle_functions_make_room_for_others_and_busy_ones_do_not() {
    start(GearmanServerOptions.create().maxFunctions(2));
    RawPeer client = connect();
    String old = client.submit(new SubmitJobBg("old", "", NOTHING));
    client.ask("cancel job " + old);
    client.submit(new SubmitJobBg("busy", "", NOTHING));
    assertThat(client.list("status")).containsExactly("old\t0\t0\t0", "busy\t1\t0\t0");

    client.send(new CanDo("new")).hearsNothing();

    assertThat(client.list("status")).containsExactly("busy\t1\t0\t0", "new\t0\t0\t1");
    assertThat(client
            .send(new SubmitJobBg("more", "", NOTHING))
            .next(ErrorResponse.class)
            .code())
        .isEqualTo("QUEUE_ERROR");
    assertThat(client.send(new CanDo("more")).next(ErrorResponse.class).code())
        .isEqualTo("QUEUE_ERROR");
    assertThat(client.ask("create function more")).isEqualTo("ERR TOO_MANY_FUNCTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00585858 00000010 00000001 78", // no magic
        "00524551 00000063 00000001 78", // packet type 99
        "00524551 00000008 00000001 78", // JOB_CREATED, which only servers send
        "00524551 00000007 00000001 66", // SUBMIT_JOB with one argument
      })
  void what_is_no_request_closes_the_connection_and_no_other(String hex) {
    RawPeer other = connect().hearsNothing();
    RawPeer peer = connect();

    peer.send(Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", ""))));

    assertThat(peer.untilClosed()).isEmpty();
    other.hearsNothing();
    assertThat(counters().malformed()).isEqualTo(1);
  }

  @Test
  void a_client_that_reads_nothing_is_closed_and_holds_its_worker_no_longer() throws IOException {
    start(GearmanServerOptions.create().stallTimeout(Duration.ofMillis(500)));
    RawPeer worker = connect().send(new CanDo("f")).hearsNothing();
    RawPeer client = connect();
    try (RawPeer deaf = narrow()) {
      String handle = deaf.submit(new SubmitJob("f", "u", NOTHING));
      assertThat(client.submit(new SubmitJob("f", "u", NOTHING))).isEqualTo(handle);
      worker.send(new GrabJob()).next(JobAssign.class);

      Buffer megabyte = Buffer.buffer(new byte[1 << 20]);
      Thread sending = new Thread(() -> {
        for (int i = 0; i < 30; i++) {
          worker.send(new WorkData(handle, megabyte));
        }
        worker.send(new WorkComplete(handle, NOTHING));
      });
      sending.start();

      for (int i = 0; i < 30; i++) {
        assertThat(client.next(WorkData.class).data().length()).isEqualTo(1 << 20);
      }
      assertThat(client.next()).isEqualTo(new WorkComplete(handle, NOTHING));
      assertThat(counters().connectionsTooSlow()).isEqualTo(1);
    }
  }

  @Test
  void a_slow_client_slows_its_worker_down_and_gets_all() throws IOException {
    start(GearmanServerOptions.create());
    RawPeer worker = connect().send(new CanDo("f")).hearsNothing();
    try (RawPeer slow = narrow()) {
      String handle = slow.submit(new SubmitJob("f", "u", NOTHING));
      worker.send(new GrabJob()).next(JobAssign.class);
      int parts = 40;
      Thread sending = new Thread(() -> {
        for (int i = 0; i < parts; i++) {
          worker.send(new WorkData(handle, Buffer.buffer(new byte[1 << 20])));
        }
        worker.send(new WorkComplete(handle, NOTHING));
      });
      sending.start();

      // The worker is held back long before it could have sent all.
      await().during(Duration.ofMillis(300)).until(sending::isAlive);
      for (int i = 0; i < parts; i++) {
        assertThat(slow.next(WorkData.class).data().length()).isEqualTo(1 << 20);
      }
      assertThat(slow.next()).isEqualTo(new WorkComplete(handle, NOTHING));
      assertThat(counters().connectionsTooSlow()).isZero();
    }
  }

  @Test
  void who_asks_for_far_more_than_it_reads_is_closed() throws IOException {
    start(GearmanServerOptions.create().maxPayload(1_000).maxUnsent(8 << 20));
    RawPeer admin = connect();
    for (int i = 0; i < 1_000; i++) {
      admin.submit(new SubmitJobBg("f", "u".repeat(60), NOTHING));
      admin.ask("create function " + "n".repeat(200) + i);
    }
    try (RawPeer deaf = narrow()) {
      Buffer questions = Buffer.buffer();
      for (int i = 0; i < 1_000; i++) {
        questions.appendString("status\n");
      }
      deaf.send(questions);

      await().untilAsserted(() -> assertThat(counters().connectionsTooSlow()).isEqualTo(1));
    }
  }

  @Test
  void an_option_out_of_range_is_refused() {
    GearmanServerOptions options = GearmanServerOptions.create();

    assertThatThrownBy(() -> options.port(65_536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> options.maxPayload(0)).hasMessageContaining("maxPayload");
    assertThatThrownBy(() -> options.maxConnections(0)).hasMessageContaining("maxConnections");
    assertThatThrownBy(() -> options.maxJobs(0)).hasMessageContaining("maxJobs");
    assertThatThrownBy(() -> options.maxJobBytes(0)).hasMessageContaining("maxJobBytes");
    assertThatThrownBy(() -> options.maxFunctions(0)).hasMessageContaining("maxFunctions");
    assertThatThrownBy(() -> options.maxUnsent(0)).hasMessageContaining("maxUnsent");
    assertThatThrownBy(() -> options.jobRetries(-1)).hasMessageContaining("jobRetries");
    assertThatThrownBy(() -> options.stallTimeout(Duration.ZERO))
        .hasMessageContaining("stallTimeout");
    assertThatThrownBy(() -> options.drainTimeout(Duration.ofSeconds(-1)))
        .hasMessageContaining("drainTimeout");
  }

  /** A connection whose system takes little that is not read. */
  private RawPeer narrow() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server().port()));
    return new RawPeer(socket);
  }
}
