/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkFail;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text commands. */
@Timeout(60)
class AdminCommandsTest {

  private static final Buffer NOTHING = Buffer.buffer();

  private final GearmanServer server = GearmanServer.start();
  private final RawPeer admin = RawPeer.of(server);
  private final RawPeer client = RawPeer.of(server);
  private final RawPeer worker = RawPeer.of(server);

  @AfterEach
  void close() {
    admin.close();
    client.close();
    worker.close();
    server.close();
  }

  @Test
  void status_tells_jobs_running_jobs_and_workers() {
    worker.send(new CanDo("resize"), new CanDo("other")).hearsNothing();
    client.submit(new SubmitJobBg("resize", "", NOTHING));
    client.submit(new SubmitJobHighBg("resize", "", NOTHING));
    client.submit(new SubmitJobLowBg("resize", "", NOTHING));
    client.submit(new SubmitJob("resize", "", NOTHING));
    client.submit(new SubmitJobBg("größe", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    // A char of a line is a byte.
    String utf8 = new String("größe".getBytes(UTF_8), ISO_8859_1);
    assertThat(admin.list("status"))
        .containsExactlyInAnyOrder(utf8 + "\t1\t0\t0", "other\t0\t0\t1", "resize\t4\t1\t1");
    assertThat(admin.list("STATUS ")).hasSize(3);
    assertThat(admin.list("prioritystatus"))
        .containsExactlyInAnyOrder(
            utf8 + "\t0\t1\t0\t0", "other\t0\t0\t0\t1", "resize\t0\t2\t1\t1");
  }

  @Test
  void jobs_and_their_uniques_are_shown() {
    String foreground = client.submit(new SubmitJob("f", "u1", NOTHING));
    String background = client.submit(new SubmitJobBg("f", "u2", NOTHING));

    assertThat(admin.list("show jobs"))
        .containsExactlyInAnyOrder(foreground + "\t0\t0\t0", background + "\t0\t0\t1");
    assertThat(admin.list("show unique jobs")).containsExactlyInAnyOrder("u1", "u2");
  }

  @Test
  void a_waiting_job_is_cancelled_and_its_client_told() {
    worker.send(new CanDo("f")).hearsNothing();
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));

    assertThat(admin.ask("cancel job " + handle)).isEqualTo("OK");

    assertThat(client.next()).isEqualTo(new WorkFail(handle));
    assertThat(worker.send(new GrabJob()).next()).isEqualTo(new NoJob());
    assertThat(admin.ask("cancel job " + handle)).isEqualTo("ERR UNKNOWN_JOB");
    assertThat(server.counters().await().cancelled()).isEqualTo(1);
  }

  @Test
  void the_client_of_a_cancelled_running_job_is_told_once_and_its_worker_goes_on() {
    worker.send(new CanDo("f")).hearsNothing();
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    assertThat(admin.ask("cancel job " + handle)).isEqualTo("OK");
    assertThat(admin.ask("cancel job " + handle)).isEqualTo("OK");
    assertThat(client.next()).isEqualTo(new WorkFail(handle));
    assertThat(client.submit(new SubmitJob("f", "u", NOTHING))).isNotEqualTo(handle);
    worker.send(new WorkComplete(handle, NOTHING)).hearsNothing();

    client.hearsNothing();
    assertThat(admin.list("show jobs")).hasSize(1);
  }

  @Test
  void functions_are_created_and_dropped() {
    assertThat(admin.ask("create function made")).isEqualTo("OK");
    assertThat(admin.ask("create function made")).isEqualTo("OK");
    assertThat(admin.list("status")).containsExactly("made\t0\t0\t0");
    assertThat(admin.ask("drop function made")).isEqualTo("OK");
    assertThat(admin.ask("drop function made")).isEqualTo("ERR function not found");
    assertThat(admin.list("status")).isEmpty();

    worker.send(new CanDo("served")).hearsNothing();
    assertThat(admin.ask("drop function served"))
        .isEqualTo("ERR there are still connected workers or executing clients");
  }

  @Test
  void a_bare_line_feed_ends_a_command_too() {
    admin.send(Buffer.buffer("create function made\n"));
    assertThat(admin.line()).isEqualTo("OK");
    assertThat(admin.list("status")).containsExactly("made\t0\t0\t0");
  }

  @Test
  void the_jobs_of_a_dropped_function_are_cancelled() {
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));
    client.submit(new SubmitJobBg("g", "u", NOTHING));

    assertThat(admin.ask("drop function f")).isEqualTo("OK");

    assertThat(client.next()).isEqualTo(new WorkFail(handle));
    assertThat(admin.list("status")).containsExactly("g\t1\t0\t0");
  }

  @Test
  void a_full_queue_refuses_all_but_joining_submits() {
    admin.ask("create function f");
    assertThat(admin.ask("maxqueue f 2")).isEqualTo("OK");
    ErrorResponse full = new ErrorResponse("QUEUE_ERROR", "Job queue is full");
    client.submit(new SubmitJobBg("f", "u0", NOTHING));
    String second = client.submit(new SubmitJobBg("f", "u1", NOTHING));

    assertThat(client.send(new SubmitJobBg("f", "u2", NOTHING)).next()).isEqualTo(full);
    assertThat(client.send(new SubmitJob("f", "u3", NOTHING)).next()).isEqualTo(full);
    assertThat(client.submit(new SubmitJob("f", "u1", NOTHING))).isEqualTo(second);

    assertThat(admin.ask("maxqueue f")).isEqualTo("OK");
    client.submit(new SubmitJobBg("f", "u4", NOTHING));
    assertThat(server.counters().await().rejected()).isEqualTo(2);
  }

  @Test
  void each_priority_can_have_a_limit_of_its_own() {
    admin.ask("create function g");
    assertThat(admin.ask("maxqueue g 1 2 3")).isEqualTo("OK");
    client.submit(new SubmitJobHighBg("g", "", NOTHING));
    client.submit(new SubmitJobBg("g", "", NOTHING));
    client.submit(new SubmitJobLowBg("g", "", NOTHING));

    client.send(
        new SubmitJobHighBg("g", "", NOTHING),
        new SubmitJobBg("g", "", NOTHING),
        new SubmitJobLowBg("g", "", NOTHING));

    for (int i = 0; i < 3; i++) {
      assertThat(client.next(ErrorResponse.class).code()).isEqualTo("QUEUE_ERROR");
    }
  }

  @Test
  void the_process_tells_who_it_is() {
    assertThat(admin.ask("getpid")).isEqualTo("OK " + ProcessHandle.current().pid());
    assertThat(admin.ask("version")).startsWith("OK taskwire");
    assertThat(admin.ask("verbose")).isEqualTo("OK ERROR");
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          nosuch,                    ERR UNKNOWN_COMMAND Unknown+server+commandnosuch
          '',                        ERR UNKNOWN_COMMAND Unknown+server+command
          '  version',               ERR UNKNOWN_COMMAND Unknown+server+command
          cancel job,                ERR UNKNOWN_COMMAND Unknown+server+commandcancel
          cancel job H:nope:1,       ERR UNKNOWN_JOB
          show,                      ERR UNKNOWN_COMMAND Unknown+server+commandshow
          show nothing,              ERR UNKNOWN_SHOW_ARGUMENTS
          create function,           ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+create
          create function two words, ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+create
          drop function,             ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+drop
          maxqueue,                  ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+maxqueue
          maxqueue nosuch 5,         OK
          acl list,                  ERR ACL_DISABLED
          """)
  void wrong_commands_get_the_answers_of_gearmand(String command, String answer) {
    assertThat(admin.ask(command)).isEqualTo(answer);
  }

  @Test
  void text_and_packets_share_a_connection() {
    admin.send(new EchoReq(Buffer.buffer("mixed")));
    admin.text("version");
    admin.send(new EchoReq(Buffer.buffer("again")));

    assertThat(admin.next()).isEqualTo(new EchoRes(Buffer.buffer("mixed")));
    assertThat(admin.line()).startsWith("OK taskwire");
    assertThat(admin.next()).isEqualTo(new EchoRes(Buffer.buffer("again")));
  }

  @Test
  void shutdown_ends_the_server() {
    worker.send(new CanDo("f")).hearsNothing();
    client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    assertThat(admin.ask("shutdown")).isEqualTo("OK");

    server.closed().await();
    assertThat(client.untilClosed()).isEmpty();
  }

  @Test
  void shutdown_graceful_lets_running_jobs_end() {
    worker.send(new CanDo("f")).hearsNothing();
    String handle = client.submit(new SubmitJob("f", "", NOTHING));
    String waiting = client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);

    assertThat(admin.ask("shutdown graceful")).isEqualTo("OK");
    admin.hearsNothing();
    assertThat(worker.send(new GrabJob()).next()).isEqualTo(new NoJob());
    assertThat(client
            .send(new SubmitJob("f", "", NOTHING))
            .next(ErrorResponse.class)
            .code())
        .isEqualTo("SHUTTING_DOWN");
    worker.send(new WorkComplete(handle, Buffer.buffer("done")));

    assertThat(client.untilClosed())
        .containsExactly(new WorkComplete(handle, Buffer.buffer("done")));
    assertThat(waiting).isNotEqualTo(handle);
    server.closed().await();
  }
}
