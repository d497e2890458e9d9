/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.broker.RabbitmqBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code taskwire admin}, {@code submit}, {@code work} and {@code ping} on RabbitMQ. */
@Timeout(120)
class RabbitmqAdminTest {

  private static final RabbitmqBroker BROKER = RabbitmqBroker.withManagement();

  private final String name = "mail-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    BROKER.start();
  }

  @AfterAll
  static void close() {
    BROKER.close();
  }

  private static Run run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--queue", BROKER.url()));
    all.addAll(List.of(arguments));
    return Run.of("", all.toArray(String[]::new));
  }

  private static Run said(String text) {
    return new Run(0, text + "\n", "");
  }

  private void submit(String payload) {
    assertThat(Run.of(payload, "submit", "--queue", BROKER.url(), "--task", name, "--no-response"))
        .extracting(Run::code)
        .isEqualTo(0);
  }

  @Test
  void queues_are_a_table_or_json_all_of_them_or_those_named() {
    submit("1");
    submit("2");

    assertThat(run("admin", "queues", name))
        .isEqualTo(said(
            "queue" + " ".repeat(name.length() - 3) + "ready  consumers\n" + name + "  2      0"));
    assertThat(run("admin", "queues", name, "--json"))
        .isEqualTo(said("[{\"queue\":\"" + name + "\",\"ready\":2,\"consumers\":0}]"));
    Run all = run("admin", "queues", "--management", BROKER.managementUrl());
    assertThat(all.code()).as(all.stderr()).isZero();
    assertThat(all.stdout()).containsPattern("(?m)^" + name + " +2 +0$");
  }

  @Test
  void all_queues_cannot_be_listed_without_the_plugin_and_advice_is_given() {
    Run run = run("admin", "queues", "--management", "http://localhost:1");

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr())
        .startsWith("taskwire: ")
        .contains("rabbitmq-plugins enable rabbitmq_management", "name the queues");
  }

  @Test
  void a_queue_is_purged_and_deleted() {
    submit("1");
    submit("2");

    Run full = run("admin", "delete", name, "--if-empty");
    assertThat(full.code()).isEqualTo(7);
    assertThat(full.stderr()).contains("not empty");
    assertThat(run("admin", "purge", name)).isEqualTo(said("2"));
    submit("3");
    assertThat(run("admin", "delete", name, "--if-unused", "--json"))
        .isEqualTo(said("{\"deleted\":1}"));
    Run gone = run("admin", "purge", name);
    assertThat(gone.code()).isEqualTo(7);
    assertThat(gone.stderr()).contains("no queue '" + name + "'");
  }

  @Test
  void a_queue_that_a_worker_consumes_is_not_deleted_if_it_must_be_unused() throws Exception {
    try (CliProcess worker =
        CliProcess.taskwire("work", "--queue", BROKER.url(), "--task", name, "--builtin", "echo")) {
      worker.awaitStderr("ready " + name + "\n");
      assertThat(run("admin", "queues", name).stdout()).endsWith("  1\n");

      Run used = run("admin", "delete", name, "--if-unused");

      assertThat(used.code()).isEqualTo(7);
      assertThat(used.stderr()).contains("in use");
      assertThat(Run.of("\"hello\"", "submit", "--queue", BROKER.url(), "--task", name))
          .isEqualTo(new Run(0, "\"hello\"", ""));
    }
  }

  @Test
  void the_broker_answers_a_ping() {
    Run run = run("ping");

    assertThat(run.code()).as(run.stderr()).isZero();
    assertThat(run.stdout()).startsWith("the broker answers: ");
  }

  @Test
  void what_rabbitmq_cannot_do_is_a_usage_error() {
    for (Run run : List.of(
        run("submit", "--status", "4711"),
        run("admin", "queues", "--if-empty"),
        run("admin", "purge"),
        run("admin", "tubes"),
        Run.of(
            "", "admin", "--queue", "beanstalk://localhost", "tubes", "--management", "http://h"),
        Run.of("", "admin", "--queue", "beanstalk://localhost", "delete", "1", "--if-unused"))) {
      assertThat(run.code()).as(run.stderr()).isEqualTo(2);
      assertThat(run.stderr()).startsWith("taskwire: ");
    }
  }
}
