/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code taskwire admin} and what goes with it, in processes of their own. */
@Timeout(120)
class AdminTest {

  private final GearmandBroker broker = GearmandBroker.create();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @BeforeEach
  void start() {
    broker.start();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    broker.close();
  }

  private CliProcess taskwire(String... arguments) {
    CliProcess process = CliProcess.taskwire(arguments);
    open.push(process);
    return process;
  }

  /** In this process: starting one takes a second. */
  private Run admin(String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin", "--queue", broker.url()));
    all.addAll(List.of(arguments));
    return Run.of("", all.toArray(String[]::new));
  }

  private String submitted(String task) {
    try (TaskQueue queue = TaskQueue.open(broker.url())) {
      return queue.task(task, "x", SubmitOptions.noResponse()).await().id();
    }
  }

  @Test
  void status_is_a_table_or_json() throws Exception {
    submitted("résumé");
    submitted("resize");

    CliProcess table = taskwire("admin", "--queue", broker.url(), "status");
    assertThat(table.exitCode()).as(table.errors()).isZero();
    assertThat(table.text().lines())
        .containsExactlyInAnyOrder(
            "function  total  running  waiting  workers",
            "resize    1      0        1        0",
            "résumé    1      0        1        0");
    CliProcess json = taskwire("admin", "status", "--json", "--queue", broker.url());
    assertThat(json.exitCode()).as(json.errors()).isZero();
    assertThat(new JsonArray(json.text()))
        .hasSize(2)
        .contains(new JsonObject()
            .put("function", "resize")
            .put("total", 1)
            .put("running", 0)
            .put("waiting", 1)
            .put("workers", 0));
  }

  @Test
  void jobs_are_listed_and_cancelled() {
    String handle = submitted("f");

    assertThat(admin("show-jobs").stdout().lines().map(line -> line.split(" +")))
        .containsExactly(
            new String[] {"handle", "retries", "cancelled", "background"},
            new String[] {handle, "0", "no", "yes"});
    assertThat(admin("cancel", handle)).isEqualTo(new Run(0, "", ""));
    assertThat(admin("show-jobs").stdout()).contains("yes");
    assertThat(admin("show-unique-jobs", "--json").stdout()).startsWith("[{\"unique\":");
  }

  @Test
  void functions_are_created_limited_and_dropped() {
    assertThat(admin("create", "made")).isEqualTo(new Run(0, "", ""));
    assertThat(admin("maxqueue", "made", "5").code()).isZero();
    assertThat(admin("maxqueue", "made", "5", "6", "7").code()).isZero();
    assertThat(admin("maxqueue", "made").code()).isZero();
    assertThat(admin("prioritystatus").stdout()).contains("made");
    assertThat(admin("drop", "made", "--json")).isEqualTo(new Run(0, "{}\n", ""));
    assertThat(admin("drop", "made").stderr()).contains("function not found").hasLineCount(1);
  }

  @Test
  void values_stand_alone_or_in_an_object() {
    String version = admin("version").stdout().strip();

    assertThat(version).matches("1\\.1\\..*");
    assertThat(new JsonObject(admin("version", "--json").stdout()))
        .isEqualTo(new JsonObject().put("version", version));
    assertThat(admin("getpid").stdout()).matches("\\d+\n");
    assertThat(new JsonObject(admin("getpid", "--json").stdout()).getLong("pid"))
        .isPositive();
    assertThat(admin("verbose").stdout()).isNotBlank();
  }

  @Test
  void workers_are_those_who_are_connected() {
    taskwire("work", "--queue", broker.url(), "--task", "f", "--builtin", "echo")
        .awaitStderr("ready f\n");

    assertThat(admin("workers").stdout())
        .startsWith("fd")
        .containsPattern("(?m)^\\d+ +127\\.0\\.0\\.1 .* f$");
  }

  @Test
  void what_the_server_refuses_is_7_and_in_one_line() {
    Run unknown = admin("cancel", "H:nowhere:1");
    assertThat(unknown.code()).isEqualTo(7);
    assertThat(unknown.stderr()).contains("UNKNOWN_JOB").hasLineCount(1);
    assertThat(admin("shutdown").code()).isEqualTo(7);
    assertThat(admin("shutdown", "graceful").stderr()).contains("UNKNOWN_COMMAND");
  }

  @Test
  void a_server_that_knows_shutdown_ends() {
    GearmanServer server = GearmanServer.start();
    open.push(server);

    Run run = Run.of("", "admin", "--queue", "gearman://127.0.0.1:" + server.port(), "shutdown");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    Run after = Run.of("", "admin", "--queue", "gearman://127.0.0.1:" + server.port(), "version");
    assertThat(after.code()).isEqualTo(6);
  }

  @Test
  void a_server_that_is_down_is_6() {
    assertThat(Run.of("", "admin", "--queue", "gearman://127.0.0.1:1", "status").code())
        .isEqualTo(6);
  }

  @Test
  void what_is_no_action_is_a_usage_error() {
    for (String wrong : new String[] {
      "nosuch",
      "status more",
      "cancel",
      "create",
      "create two words",
      "maxqueue f many",
      "maxqueue f 1 2",
      "maxqueue f -1",
      "shutdown now",
      ""
    }) {
      Run run = wrong.isEmpty() ? admin() : admin(wrong.split(" "));
      assertThat(run.code()).as(wrong).isEqualTo(2);
      assertThat(run.stdout()).isEmpty();
    }
    assertThat(Run.of("", "admin", "--queue", "memory:a", "status").stderr())
        .contains("\"memory\"", "gearman");
    assertThat(
            Run.of("", "admin", "--queue", broker.url(), "create", "two words").code())
        .isEqualTo(2);
  }

  @Test
  void progress_is_shown_while_the_task_runs() throws Exception {
    taskwire("work", "--queue", broker.url(), "--task", "count", "--builtin", "count:3")
        .awaitStderr("ready count\n");

    CliProcess submit = taskwire("submit", "--queue", broker.url(), "--task", "count", "--progress")
        .stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("hello");
    assertThat(submit.errors()).isEqualTo("progress 1/3\nprogress 2/3\nprogress 3/3\n");
  }

  @Test
  void a_command_reports_progress_on_its_stderr() throws Exception {
    taskwire(
            "work",
            "--queue",
            broker.url(),
            "--task",
            "sh",
            "--progress",
            "--exec",
            "echo 1/2 >&2; cat; echo 2/2 >&2")
        .awaitStderr("ready sh\n");

    CliProcess submit = taskwire("submit", "--queue", broker.url(), "--task", "sh", "--progress")
        .stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("hello");
    assertThat(submit.errors()).contains("progress 1/2\n", "progress 2/2\n");
  }

  @Test
  void a_background_task_is_named_by_its_id() throws Exception {
    CliProcess submit = taskwire(
            "submit",
            "--queue",
            broker.url(),
            "--task",
            "later",
            "--background",
            "--priority",
            "high")
        .stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();

    assertThat(admin("show-jobs").stdout()).contains(submit.text().strip());
    assertThat(admin("prioritystatus").stdout().lines().skip(1).findFirst().orElseThrow())
        .matches("later +1 +0 +0 +0");
  }

  @Test
  void the_status_of_a_task_is_asked_for_by_its_id() throws Exception {
    String handle = submitted("slow");
    assertThat(status(handle)).isEqualTo(new Run(0, "waiting\n", ""));

    CliProcess worker = taskwire(
            "work",
            "--queue",
            broker.url(),
            "--task",
            "slow",
            "--progress",
            "--exec",
            "echo 1/2 >&2; exec sleep 600")
        .awaitStderr("ready slow\n");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status(handle)).isEqualTo(new Run(0, "running 1/2\n", "")));
    worker.close();
    assertThat(status("H:nowhere:1")).isEqualTo(new Run(0, "unknown\n", ""));
  }

  @Test
  void no_status_comes_from_a_broker_that_is_down_or_has_none() {
    assertThat(Run.of("", "submit", "--queue", "gearman://127.0.0.1:1", "--status", "H:x:1")
            .code())
        .isEqualTo(6);
    assertThat(Run.of("", "submit", "--queue", "memory:a", "--status", "H:x:1").code())
        .isEqualTo(2);
  }

  private Run status(String handle) {
    return Run.of("", "submit", "--queue", broker.url(), "--status", handle);
  }
}
