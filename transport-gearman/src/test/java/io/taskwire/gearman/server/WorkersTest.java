/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.AllYours;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.Noop;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.ResetAbilities;
import io.taskwire.gearman.codec.SetClientId;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.codec.SubmitJobSched;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How workers register, sleep, are woken and lost. */
@Timeout(60)
class WorkersTest {

  private static final Buffer NOTHING = Buffer.buffer();
  private static final ErrorResponse NOT_FOUND =
      new ErrorResponse("JOB_NOT_FOUND", "Job given in work result not found");
  private static final ErrorResponse UNEXPECTED =
      new ErrorResponse("INVALID_COMMAND", "Command not expected");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private GearmanServer server = GearmanServer.start();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    server.close();
  }

  private void restart(GearmanServerOptions options) {
    server.close();
    server = GearmanServer.start(options);
  }

  private RawPeer connect() {
    RawPeer peer = RawPeer.of(server);
    open.push(peer);
    return peer;
  }

  private RawPeer worker(String... functions) {
    RawPeer worker = connect();
    for (String function : functions) {
      worker.send(new CanDo(function));
    }
    return worker.hearsNothing();
  }

  private StatusRes status(String handle) {
    try (RawPeer asking = RawPeer.of(server)) {
      return asking.send(new GetStatus(handle)).next(StatusRes.class);
    }
  }

  private void awaitStatus(StatusRes expected) {
    while (!status(expected.handle()).equals(expected)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_sleeping_worker_is_woken_once_by_a_job_it_can_do() {
    RawPeer worker = worker("f");
    RawPeer client = connect();
    worker.send(new GrabJob());
    assertThat(worker.next()).isEqualTo(new NoJob());
    worker.send(new PreSleep()).hearsNothing();

    client.submit(new SubmitJobBg("other", "", NOTHING));
    worker.hearsNothing();
    client.submit(new SubmitJobBg("f", "", NOTHING));
    client.submit(new SubmitJobBg("f", "", NOTHING));

    assertThat(worker.next()).isEqualTo(new Noop());
    worker.hearsNothing();
  }

  @Test
  void a_worker_that_wants_to_sleep_while_a_job_waits_is_woken_at_once_and_again() {
    RawPeer worker = worker("f");
    connect().submit(new SubmitJobBg("f", "", NOTHING));

    worker.send(new PreSleep());
    assertThat(worker.next()).isEqualTo(new Noop());
    worker.send(new PreSleep());
    assertThat(worker.next()).isEqualTo(new Noop());
  }

  @Test
  void a_job_wakes_all_who_sleep_and_the_slower_gets_none() {
    RawPeer first = worker("f").send(new PreSleep()).hearsNothing();
    RawPeer second = worker("f").send(new PreSleep()).hearsNothing();

    connect().submit(new SubmitJobBg("f", "", NOTHING));

    assertThat(first.next()).isEqualTo(new Noop());
    assertThat(second.next()).isEqualTo(new Noop());
    first.send(new GrabJob()).next(JobAssign.class);
    assertThat(second.send(new GrabJob()).next()).isEqualTo(new NoJob());
  }

  @Test
  void a_function_registered_in_sleep_wakes_for_a_job_that_waits() {
    RawPeer worker = worker("f").send(new PreSleep()).hearsNothing();
    RawPeer client = connect();
    client.submit(new SubmitJobBg("g", "", NOTHING));

    worker.send(new CanDo("g"));

    assertThat(worker.next()).isEqualTo(new Noop());
  }

  @Test
  void the_job_of_a_woken_worker_that_dies_wakes_another() {
    RawPeer dying = worker("f");
    RawPeer other = worker("f");
    RawPeer client = connect();
    String handle = client.submit(new SubmitJob("f", "", NOTHING));
    dying.send(new GrabJob()).next(JobAssign.class);
    other.send(new PreSleep()).hearsNothing();

    dying.abort();

    assertThat(other.next()).isEqualTo(new Noop());
    assertThat(other.send(new GrabJob()).next(JobAssign.class).handle()).isEqualTo(handle);
  }

  @Test
  void a_worker_may_hold_several_jobs_and_end_them_in_any_order() {
    RawPeer worker = worker("f");
    RawPeer client = connect();
    String one = client.submit(new SubmitJob("f", "", NOTHING));
    String two = client.submit(new SubmitJob("f", "", NOTHING));
    worker.send(new GrabJob(), new GrabJob());
    worker.next(JobAssign.class);
    worker.next(JobAssign.class);

    worker.send(new WorkComplete(two, NOTHING), new WorkComplete(one, NOTHING));

    assertThat(client.next()).isEqualTo(new WorkComplete(two, NOTHING));
    assertThat(client.next()).isEqualTo(new WorkComplete(one, NOTHING));
  }

  @Test
  void the_function_registered_last_is_served_first() {
    assertThat(servedOrder()).containsExactly("c", "b", "b", "a", "a");
  }

  @Test
  void in_round_robin_each_function_has_its_turn() {
    restart(GearmanServerOptions.create().roundRobin(true));

    assertThat(servedOrder()).containsExactly("c", "b", "a", "b", "a");
  }

  private List<String> servedOrder() {
    RawPeer client = connect();
    for (String function : List.of("b", "a", "b", "a", "c")) {
      client.submit(new SubmitJobBg(function, "", NOTHING));
    }
    RawPeer worker = worker("a", "b", "c");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      order.add(worker.send(new GrabJob()).next(JobAssign.class).function());
    }
    assertThat(worker.send(new GrabJob()).next()).isEqualTo(new NoJob());
    return order;
  }

  @Test
  void the_job_of_a_lost_worker_goes_behind_those_that_wait_and_its_status_is_forgotten() {
    RawPeer client = connect();
    String first = client.submit(new SubmitJob("f", "", NOTHING));
    String second = client.submit(new SubmitJob("f", "", NOTHING));
    RawPeer lost = worker("f");
    lost.send(new GrabJob()).next(JobAssign.class);
    lost.send(new WorkStatus(first, 3, 4)).hearsNothing();
    client.next(WorkStatus.class);

    lost.close();

    awaitStatus(new StatusRes(first, true, false, 0, 0));
    RawPeer worker = worker("f").send(new GrabJob(), new GrabJob());
    assertThat(worker.next(JobAssign.class).handle()).isEqualTo(second);
    assertThat(worker.next(JobAssign.class).handle()).isEqualTo(first);
    worker.send(new WorkComplete(first, Buffer.buffer("at last")));
    assertThat(client.next()).isEqualTo(new WorkComplete(first, Buffer.buffer("at last")));
  }

  @Test
  void with_job_retries_a_job_fails_when_so_many_workers_are_lost() {
    restart(GearmanServerOptions.create().jobRetries(2));
    RawPeer client = connect();
    String handle = client.submit(new SubmitJob("f", "", NOTHING));

    RawPeer first = worker("f");
    first.send(new GrabJob()).next(JobAssign.class);
    first.close();
    awaitStatus(new StatusRes(handle, true, false, 0, 0));
    RawPeer second = worker("f");
    second.send(new GrabJob()).next(JobAssign.class);
    second.close();

    assertThat(client.next()).isEqualTo(new WorkFail(handle));
    assertThat(status(handle)).isEqualTo(new StatusRes(handle, false, false, 0, 0));
  }

  @Test
  void who_gives_up_a_function_gives_back_its_jobs() {
    RawPeer worker = worker("f", "g");
    RawPeer client = connect();
    String given = client.submit(new SubmitJobBg("f", "", NOTHING));
    String kept = client.submit(new SubmitJobBg("g", "", NOTHING));
    worker.send(new GrabJob(), new GrabJob());
    worker.next(JobAssign.class);
    worker.next(JobAssign.class);

    worker.send(new CantDo("f"), new GrabJob(), new WorkComplete(given, NOTHING));
    assertThat(worker.next()).isEqualTo(new NoJob());
    assertThat(worker.next()).isEqualTo(NOT_FOUND);
    assertThat(status(given)).isEqualTo(new StatusRes(given, true, false, 0, 0));
    assertThat(status(kept)).isEqualTo(new StatusRes(kept, true, true, 0, 0));

    worker.send(new ResetAbilities()).hearsNothing();
    assertThat(status(kept)).isEqualTo(new StatusRes(kept, true, false, 0, 0));
  }

  @Test
  void a_queued_foreground_job_whose_client_leaves_is_dropped() {
    String handle;
    try (RawPeer leaving = RawPeer.of(server)) {
      handle = leaving.submit(new SubmitJob("f", "u", NOTHING));
    }

    awaitStatus(new StatusRes(handle, false, false, 0, 0));
    assertThat(worker("f").send(new GrabJob()).next()).isEqualTo(new NoJob());
    assertThat(connect().submit(new SubmitJob("f", "u", NOTHING))).isNotEqualTo(handle);
  }

  @Test
  void a_running_foreground_job_whose_client_leaves_goes_on_and_is_not_run_again() {
    RawPeer worker = worker("f");
    String handle;
    try (RawPeer leaving = RawPeer.of(server)) {
      handle = leaving.submit(new SubmitJob("f", "", NOTHING));
      worker.send(new GrabJob()).next(JobAssign.class);
    }
    worker.send(new WorkStatus(handle, 1, 2)).hearsNothing();
    RawPeer other = worker("f").send(new PreSleep()).hearsNothing();

    worker.close();

    awaitStatus(new StatusRes(handle, false, false, 0, 0));
    other.hearsNothing();
  }

  @Test
  void a_job_over_its_time_limit_goes_to_another_worker() {
    RawPeer slow = connect().send(new CanDoTimeout("f", 1));
    RawPeer client = connect();
    String handle = client.submit(new SubmitJob("f", "", NOTHING));
    slow.hearsNothing().send(new GrabJob()).next(JobAssign.class);
    RawPeer other = worker("f").send(new PreSleep()).hearsNothing();

    assertThat(other.next()).isEqualTo(new Noop());

    assertThat(other.send(new GrabJob()).next(JobAssign.class).handle()).isEqualTo(handle);
    slow.send(new WorkComplete(handle, Buffer.buffer("late")));
    assertThat(slow.next()).isEqualTo(NOT_FOUND);
    other.send(new WorkComplete(handle, Buffer.buffer("in time")));
    assertThat(client.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("in time")));
    assertThat(server.counters().await().timedOut()).isEqualTo(1);
  }

  @Test
  void each_job_of_each_function_has_a_time_limit_of_its_own() {
    RawPeer slow = connect().send(new CanDoTimeout("f", 1), new CanDoTimeout("g", 1));
    slow.send(new CanDo("free")).hearsNothing();
    RawPeer client = connect();
    List<String> limited = List.of(
        client.submit(new SubmitJobBg("f", "", NOTHING)),
        client.submit(new SubmitJobBg("f", "", NOTHING)),
        client.submit(new SubmitJobBg("g", "", NOTHING)));
    String free = client.submit(new SubmitJobBg("free", "", NOTHING));
    for (int i = 0; i < 4; i++) {
      slow.send(new GrabJob()).next(JobAssign.class);
    }

    for (String handle : limited) {
      awaitStatus(new StatusRes(handle, true, false, 0, 0));
    }

    assertThat(status(free)).isEqualTo(new StatusRes(free, true, true, 0, 0));
  }

  @Test
  void a_job_that_ends_in_time_is_not_taken_back() {
    RawPeer worker = connect().send(new CanDoTimeout("f", 1)).hearsNothing();
    RawPeer client = connect();
    String quick = client.submit(new SubmitJobBg("f", "", NOTHING));
    String slow = client.submit(new SubmitJobBg("f", "", NOTHING));
    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkComplete(quick, NOTHING), new GrabJob()).next(JobAssign.class);

    awaitStatus(new StatusRes(slow, true, false, 0, 0));

    assertThat(server.counters().await().timedOut()).isEqualTo(1);
  }

  @Test
  void a_delayed_job_wakes_its_worker_when_its_time_comes() {
    RawPeer worker = worker("f").send(new PreSleep()).hearsNothing();
    RawPeer client = connect();
    long due = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) + 2;
    String handle = client.submit(new SubmitJobEpoch("f", "u", due, Buffer.buffer("later")));
    assertThat(status(handle)).isEqualTo(new StatusRes(handle, true, false, 0, 0));
    assertThat(client.list("status")).containsExactly("f\t1\t0\t1");
    assertThat(worker.hearsNothing().send(new GrabJob()).next()).isEqualTo(new NoJob());
    worker.send(new PreSleep());

    assertThat(worker.next()).isEqualTo(new Noop());

    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(due * 1_000);
    assertThat(worker.send(new GrabJobUniq()).next())
        .isEqualTo(new JobAssignUniq(handle, "f", "u", Buffer.buffer("later")));
  }

  @Test
  void a_delayed_job_of_the_past_is_due_at_once_and_one_of_the_far_future_can_be_cancelled() {
    RawPeer worker = worker("f");
    RawPeer client = connect();
    String past = client.submit(new SubmitJobEpoch("f", "", 1, NOTHING));
    String far = client.submit(new SubmitJobEpoch("f", "", 999_999_999_999_999_999L, NOTHING));

    assertThat(worker.send(new GrabJob()).next(JobAssign.class).handle()).isEqualTo(past);
    assertThat(worker.send(new GrabJob()).next()).isEqualTo(new NoJob());
    assertThat(client.ask("cancel job " + far)).isEqualTo("OK");
    assertThat(status(far)).isEqualTo(new StatusRes(far, false, false, 0, 0));
  }

  @Test
  void what_gearmand_refuses_is_refused() {
    RawPeer peer = connect();
    peer.send(
        new AllYours(), new SubmitJobSched("f", "u", "0", "0", "1", "1", "", Buffer.buffer("x")));

    assertThat(peer.next()).isEqualTo(UNEXPECTED);
    assertThat(peer.next()).isEqualTo(UNEXPECTED);
    assertThat(peer.list("status")).isEmpty();
  }

  @Test
  void the_list_of_workers_has_ids_and_functions() {
    worker("a", "b").send(new SetClientId("worker-one")).hearsNothing();

    assertThat(connect().list("workers"))
        .containsExactly("1 127.0.0.1 worker-one : b a", "2 127.0.0.1 - :");
  }
}
