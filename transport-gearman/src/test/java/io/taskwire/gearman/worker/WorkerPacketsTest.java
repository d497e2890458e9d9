/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.GrabMode;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobAll;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SetClientId;
import io.taskwire.gearman.codec.SubmitReduceJob;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.taskwire.gearman.connection.ScriptedServer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, packet by packet. */
class WorkerPacketsTest {

  private static final Buffer PAYLOAD = Buffer.buffer("p");

  private final WorkerStage stage = new WorkerStage();

  /** All that the worker sent. */
  private final List<Request> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    stage.close();
  }

  /** A server that answers the first grab with a job, and the others with none. */
  private ScriptedServer serverWith(Response job) {
    boolean[] given = new boolean[1];
    return stage.add(new ScriptedServer((request, socket) -> {
      sent.add(request);
      ScriptedServer.greet(request, socket);
      if (request instanceof GrabJobUniq
          || request instanceof GrabJobAll
          || request instanceof GrabJob) {
        ScriptedServer.send(socket, given[0] ? new NoJob() : job);
        given[0] = true;
      }
    }));
  }

  private <T extends Request> T sent(Class<T> type) {
    Await.until("a " + type.getSimpleName(), () -> sent.stream().anyMatch(type::isInstance));
    return sent.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @Test
  void a_handler_sends_progress_data_warnings_and_its_result_in_their_order() {
    GearmanWorker worker =
        stage.worker(serverWith(new JobAssignUniq("H:1", "f", "", PAYLOAD)).port());
    worker.registerAsync("f", job -> {
      job.progress(1, 2);
      job.data("d");
      job.warning("w");
      return Future.succeededFuture("r");
    });
    sent(WorkComplete.class);

    assertThat(sent)
        .containsSubsequence(
            new CanDo("f"),
            new GrabJobUniq(),
            new WorkStatus("H:1", 1, 2),
            new WorkData("H:1", Buffer.buffer("d")),
            new WorkWarning("H:1", Buffer.buffer("w")),
            new WorkComplete("H:1", Buffer.buffer("r")));
  }

  @Test
  void a_job_ends_with_one_packet_whichever_it_is() {
    GearmanWorker worker =
        stage.worker(serverWith(new JobAssignUniq("H:1", "f", "", PAYLOAD)).port());
    worker.register("f", job -> {
      job.fail();
      throw new IllegalStateException("after the end");
    });
    sent(WorkFail.class);
    worker.close();

    assertThat(sent).doesNotHaveAnyElementsOfTypes(WorkException.class, WorkComplete.class);
  }

  @Test
  void each_kind_of_grab_is_sent_where_it_is_asked_for_and_each_kind_of_assignment_understood() {
    assertThat(served(GrabMode.JOB, new JobAssign("H:1", "f", PAYLOAD))).isEqualTo("H:1 f '' '' p");
    assertThat(sent).hasAtLeastOneElementOfType(GrabJob.class);
    assertThat(served(GrabMode.UNIQUE, new JobAssignUniq("H:2", "f", "u", PAYLOAD)))
        .isEqualTo("H:2 f 'u' '' p");
    assertThat(sent).hasAtLeastOneElementOfType(GrabJobUniq.class);
    assertThat(served(GrabMode.ALL, new JobAssignAll("H:3", "f", "u", "red", PAYLOAD)))
        .isEqualTo("H:3 f 'u' 'red' p");
    assertThat(sent).hasAtLeastOneElementOfType(GrabJobAll.class);
    // Whatever was asked: a server without reducers answers GRAB_JOB_ALL in its own way.
    assertThat(served(GrabMode.ALL, new JobAssign("H:4", "f", PAYLOAD))).isEqualTo("H:4 f '' '' p");
  }

  private String served(GrabMode mode, Response job) {
    sent.clear();
    GearmanWorker worker =
        stage.worker(WorkerOptions.create().grab(mode), serverWith(job).port());
    LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    worker.register("f", each -> {
      seen.add(each.handle() + " " + each.function() + " '" + each.unique() + "' '" + each.reducer()
          + "' " + each.text());
      return null;
    });
    return WorkerStage.take(seen);
  }

  @Test
  void gearmand_hands_over_unique_ids_and_reducers() {
    GearmandBroker broker = stage.broker();
    GearmanWorker worker = stage.worker(WorkerOptions.create().grab(GrabMode.ALL), broker.port());
    Await.value(worker.register("f", job -> job.unique() + "/" + job.reducer()));

    assertThat(stage
            .caller(broker.port())
            .submit(new SubmitReduceJob("f", "key", "sum", "", PAYLOAD))
            .next())
        .isEqualTo("complete key/sum");
  }

  @Test
  void a_server_is_never_told_a_time_limit_unless_it_is_asked_for() {
    ScriptedServer server = serverWith(new NoJob());
    GearmanWorker worker = stage.worker(server.port());
    Await.value(worker.register(
        "f", FunctionOptions.create().timeLimit(Duration.ofSeconds(5)), job -> null));
    assertThat(sent).contains(new CanDo("f")).doesNotHaveAnyElementsOfTypes(CanDoTimeout.class);
    Await.value(worker.register(
        "g", FunctionOptions.create().serverTimeout(Duration.ofMillis(2_500)), job -> null));

    assertThat(sent).contains(new CanDoTimeout("g", 3)).doesNotContain(new CanDo("g"));
  }

  @Test
  void the_worker_names_itself_before_it_says_what_it_can_do() {
    ScriptedServer server = serverWith(new NoJob());
    GearmanWorker worker = stage.add(
        GearmanWorker.open(WorkerStage.servers(server.port()).clientId("w1").build()));
    Await.value(worker.register("f", job -> null));

    assertThat(sent).containsSubsequence(new SetClientId("w1"), new CanDo("f"));
  }

  @Test
  void closing_sends_an_echo_behind_the_last_result_and_waits_for_its_answer() {
    List<Request> behind = new ArrayList<>();
    ScriptedServer server = serverWith(new JobAssignUniq("H:1", "f", "", PAYLOAD));
    GearmanWorker worker = stage.worker(server.port());
    Await.value(worker.registerManual("f"));
    WorkerJob job = Await.value(worker.nextJob());
    Future<Void> closed = worker.shutdown();
    assertThat(closed.isComplete()).isFalse();
    job.complete("r");
    Await.value(closed);
    Request result = new WorkComplete("H:1", Buffer.buffer("r"));
    behind.addAll(sent.subList(sent.indexOf(result), sent.size()));

    assertThat(behind).hasAtLeastOneElementOfType(EchoReq.class);
  }

  @Test
  void a_worker_without_functions_asks_for_no_jobs() {
    ScriptedServer server = serverWith(new NoJob());
    GearmanWorker worker = stage.worker(server.port());
    Await.value(worker.connected());
    Await.value(worker.registerManual("f"));
    worker.close();

    assertThat(sent)
        .doesNotHaveAnyElementsOfTypes(GrabJobUniq.class, PreSleep.class)
        .contains(new CanDo("f"));
  }

  @Test
  void a_server_is_told_of_a_removed_function_only_after_its_jobs_are_done() {
    ScriptedServer server = serverWith(new JobAssignUniq("H:1", "f", "", PAYLOAD));
    GearmanWorker worker = stage.worker(server.port());
    Await.value(worker.registerManual("f"));
    WorkerJob job = Await.value(worker.nextJob());
    Future<Void> removed = worker.unregister("f");
    job.complete("r");
    Await.value(removed);

    assertThat(sent)
        .containsSubsequence(new WorkComplete("H:1", Buffer.buffer("r")), new CantDo("f"));
  }
}
