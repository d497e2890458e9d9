/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Submits that are joined to one job, by the rules of gearmand. */
@Timeout(60)
class UniqueTest {

  private static final Buffer NOTHING = Buffer.buffer();

  private final GearmanServer server = GearmanServer.start();
  private final RawPeer client = RawPeer.of(server);
  private final RawPeer worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing();

  @AfterEach
  void close() {
    client.close();
    worker.close();
    server.close();
  }

  @Test
  void submits_of_a_function_and_unique_are_one_job_and_each_hears_all_of_it() {
    String handle = client.submit(new SubmitJob("f", "u", Buffer.buffer("first")));
    assertThat(client.submit(new SubmitJob("f", "u", Buffer.buffer("second")))).isEqualTo(handle);

    worker.send(new GrabJobUniq(), new GrabJobUniq());
    assertThat(worker.next())
        .isEqualTo(new JobAssignUniq(handle, "f", "u", Buffer.buffer("first")));
    assertThat(worker.next()).isEqualTo(new NoJob());
    worker.send(new WorkStatus(handle, 1, 2), new WorkComplete(handle, Buffer.buffer("r")));

    assertThat(client.next()).isEqualTo(new WorkStatus(handle, 1, 2));
    assertThat(client.next()).isEqualTo(new WorkStatus(handle, 1, 2));
    assertThat(client.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("r")));
    assertThat(client.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("r")));
    client.hearsNothing();
  }

  @Test
  void who_joins_a_running_job_hears_the_rest_and_the_first_may_leave() {
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkData(handle, Buffer.buffer("early"))).hearsNothing();
    try (RawPeer late = RawPeer.of(server)) {
      assertThat(late.submit(new SubmitJob("f", "u", NOTHING))).isEqualTo(handle);
      client.close();
      awaitClients("u", 1);

      worker.send(new WorkComplete(handle, Buffer.buffer("r")));

      assertThat(late.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("r")));
    }
  }

  /** Waits until the server has heard that a client left: nothing is sent about it. */
  private void awaitClients(String unique, int clients) {
    try (RawPeer asking = RawPeer.of(server)) {
      StatusResUnique status;
      do {
        status = asking.send(new GetStatusUnique(unique)).next(StatusResUnique.class);
      } while (status.clients() != clients);
    }
  }

  @Test
  void a_job_that_has_ended_is_joined_no_more() {
    String handle = client.submit(new SubmitJob("f", "u", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkFail(handle));
    assertThat(client.next()).isEqualTo(new WorkFail(handle));

    assertThat(client.submit(new SubmitJob("f", "u", NOTHING))).isNotEqualTo(handle);
  }

  @Test
  void jobs_without_a_unique_are_never_joined() {
    assertThat(client.submit(new SubmitJobBg("f", "", Buffer.buffer("x"))))
        .isNotEqualTo(client.submit(new SubmitJobBg("f", "", Buffer.buffer("x"))));
  }

  @Test
  void the_unique_dash_joins_by_payload_unless_that_is_empty() {
    String first = client.submit(new SubmitJobBg("f", "-", Buffer.buffer("same")));
    assertThat(client.submit(new SubmitJobBg("f", "-", Buffer.buffer("same")))).isEqualTo(first);
    assertThat(client.submit(new SubmitJobBg("f", "-", Buffer.buffer("other"))))
        .isNotEqualTo(first);
    assertThat(client.submit(new SubmitJobBg("g", "-", Buffer.buffer("same")))).isNotEqualTo(first);
    assertThat(client.submit(new SubmitJobBg("f", "-", NOTHING)))
        .isNotEqualTo(client.submit(new SubmitJobBg("f", "-", NOTHING)));
  }

  @Test
  void functions_have_their_own_uniques() {
    String of_f = client.submit(new SubmitJobBg("f", "u", NOTHING));
    String of_g = client.submit(new SubmitJobBg("g", "u", NOTHING));
    assertThat(of_g).isNotEqualTo(of_f);

    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkComplete(of_f, NOTHING)).hearsNothing();

    assertThat(client.submit(new SubmitJobBg("g", "u", NOTHING))).isEqualTo(of_g);
    assertThat(client.submit(new SubmitJobBg("f", "u", NOTHING))).isNotEqualTo(of_f);
    client.send(new GetStatusUnique("u"));
    assertThat(client.next(StatusResUnique.class).known()).isTrue();
  }

  @Test
  void a_joining_submit_does_not_change_the_priority() {
    String handle = client.submit(new SubmitJobBg("f", "u", NOTHING));
    assertThat(client.submit(new SubmitJobHighBg("f", "u", NOTHING))).isEqualTo(handle);

    assertThat(client.list("prioritystatus")).containsExactly("f\t0\t1\t0\t1");
  }

  @Test
  void a_background_submit_keeps_the_foreground_job_that_it_joined_alive() {
    String handle;
    try (RawPeer leaving = RawPeer.of(server)) {
      handle = leaving.submit(new SubmitJob("f", "u", NOTHING));
      assertThat(client.submit(new SubmitJobBg("f", "u", NOTHING))).isEqualTo(handle);
    }
    awaitClients("u", 0);

    assertThat(worker.send(new GrabJob()).next(JobAssign.class).handle()).isEqualTo(handle);
  }

  @Test
  void a_foreground_client_that_leaves_does_not_take_the_background_job_along() {
    String handle = client.submit(new SubmitJobBg("f", "u", NOTHING));
    try (RawPeer leaving = RawPeer.of(server)) {
      assertThat(leaving.submit(new SubmitJob("f", "u", NOTHING))).isEqualTo(handle);
    }
    awaitClients("u", 0);

    assertThat(worker.send(new GrabJob()).next(JobAssign.class).handle()).isEqualTo(handle);
  }

  @Test
  void a_unique_of_64_bytes_is_taken_whole_and_a_longer_one_refused() {
    String longest = "ü".repeat(32);
    String handle = client.submit(new SubmitJobBg("f", longest, Buffer.buffer("x")));
    assertThat(worker.send(new GrabJobUniq()).next())
        .isEqualTo(new JobAssignUniq(handle, "f", longest, Buffer.buffer("x")));

    client.send(new SubmitJobBg("f", longest + "u", NOTHING));
    assertThat(client.next())
        .isEqualTo(new ErrorResponse("ARGUMENT_TOO_LARGE", "Unique value too large"));
  }
}
