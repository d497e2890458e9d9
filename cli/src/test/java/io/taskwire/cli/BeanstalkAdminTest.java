/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code taskwire admin} on beanstalkd. */
@Timeout(120)
class BeanstalkAdminTest {

  private static final Tube MAIL = Tube.of("mail");
  private static final PutOptions LATER = PutOptions.DEFAULT.withDelay(Duration.ofHours(1));

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();
  private BeanstalkClient client;

  @BeforeEach
  void start() {
    broker.start();
    client = BeanstalkClient.connect(broker.url()).await();
    client.watch(MAIL).await();
  }

  @AfterEach
  void close() {
    client.close();
    broker.close();
  }

  private Run admin(String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin", "--queue", broker.url()));
    all.addAll(List.of(arguments));
    return Run.of("", all.toArray(String[]::new));
  }

  private static Run said(String line) {
    return new Run(0, line + "\n", "");
  }

  private static Run silence() {
    return new Run(0, "", "");
  }

  private String put(String body, PutOptions options) {
    return put(Buffer.buffer(body), options);
  }

  private String put(Buffer body, PutOptions options) {
    return Long.toString(
        client.put(MAIL, body, options).map(PutReply::orThrow).await().id());
  }

  /** Takes the next job and keeps it. */
  private String reserve() {
    return Long.toString(client
        .reserve(Duration.ofSeconds(10))
        .map(ReserveReply::orThrow)
        .await()
        .id());
  }

  @Test
  void tubes_are_a_table_or_json() throws Exception {
    put("a", PutOptions.DEFAULT);
    put("b", PutOptions.DEFAULT);
    put("c", LATER);
    reserve();

    try (CliProcess table = CliProcess.taskwire("admin", "--queue", broker.url(), "tubes")) {
      assertThat(table.exitCode()).as(table.errors()).isZero();
      assertThat(table.text().lines())
          .containsExactlyInAnyOrder(
              "tube     ready  reserved  delayed  buried  using  watching  waiting  paused",
              "default  0      0         0        0       1      2         0        0",
              "mail     1      1         1        0       1      1         0        0");
    }
    JsonArray rows = new JsonArray(admin("tubes", "--json").stdout());
    assertThat(rows).hasSize(2);
    assertThat(rows.stream().map(JsonObject.class::cast))
        .filteredOn(row -> row.getString("tube").equals("mail"))
        .singleElement()
        .satisfies(row -> assertThat(row.getInteger("delayed")).isOne());
  }

  @Test
  void the_server_a_tube_and_a_job_tell_their_numbers() {
    String id = put("a", PutOptions.DEFAULT.withPriority(7));

    assertThat(admin("stats").stdout())
        .containsPattern("(?m)^current-jobs-ready +1$")
        .containsPattern("(?m)^draining +false$");
    JsonObject server = new JsonObject(admin("stats", "--json").stdout());
    assertThat(server.getInteger("total-jobs")).isOne();
    assertThat(server.getString("version")).startsWith("1.");
    assertThat(server.getDouble("rusage-utime")).isNotNegative();
    assertThat(admin("stats", "mail").stdout()).containsPattern("(?m)^name +mail$");
    assertThat(new JsonObject(admin("job", id, "--json").stdout()))
        .contains(entry("tube", "mail"), entry("state", "ready"), entry("pri", 7));
  }

  private static Map.Entry<String, Object> entry(String key, Object value) {
    return Map.entry(key, value);
  }

  @Test
  void a_job_is_shown_by_its_id_or_as_the_next_of_its_tube() {
    assertThat(admin("peek", "mail", "ready")).isEqualTo(said("id  bytes  body"));
    assertThat(admin("peek", "17", "--json")).isEqualTo(said("[]"));

    String ready = put("größer\n", PutOptions.DEFAULT);
    String delayed = put(Buffer.buffer(new byte[] {(byte) 0xC1, 0}), LATER);

    assertThat(admin("peek", ready).stdout().lines())
        .containsExactly("id  bytes  body", "1   9      größer?");
    assertThat(new JsonArray(admin("peek", "mail", "ready", "--json").stdout()))
        .containsExactly(new JsonObject().put("id", 1).put("bytes", 9).put("body", "größer\n"));
    assertThat(new JsonArray(admin("peek", "mail", "delayed", "--json").stdout()))
        .containsExactly(new JsonObject().put("id", 2).put("bytes", 2).put("base64", "wQA="));
    assertThat(admin("bury", delayed)).isEqualTo(silence());
    assertThat(admin("peek", "mail", "buried").stdout()).contains("2   2      wQA=");
  }

  @Test
  void buried_jobs_are_kicked_and_then_delayed_ones() {
    String first = put("a", PutOptions.DEFAULT);
    String second = put("b", PutOptions.DEFAULT);
    String third = put("c", LATER);
    assertThat(admin("bury", first).code()).isZero();
    assertThat(admin("bury", second).code()).isZero();

    assertThat(admin("kick", "mail")).isEqualTo(said("1"));
    assertThat(admin("kick", "mail", "10")).isEqualTo(said("1"));
    assertThat(admin("kick-job", third)).isEqualTo(silence());
    assertThat(admin("kick", "mail", "10", "--json")).isEqualTo(said("{\"kicked\":0}"));
    assertThat(List.of(reserve(), reserve(), reserve())).containsExactly(first, second, third);
  }

  @Test
  void a_tube_is_paused_and_goes_on() {
    String id = put("a", PutOptions.DEFAULT);

    assertThat(admin("pause", "mail", "10m")).isEqualTo(silence());
    JsonObject paused = new JsonObject(admin("stats", "mail", "--json").stdout());
    assertThat(paused.getInteger("pause")).isEqualTo(600);
    assertThat(admin("pause", "mail", "0s")).isEqualTo(silence());
    assertThat(reserve()).isEqualTo(id);
  }

  @Test
  void a_job_is_deleted_and_a_tube_is_drained_but_for_what_workers_hold() {
    String held = put("held", PutOptions.DEFAULT.withPriority(0));
    assertThat(reserve()).isEqualTo(held);
    String first = put("a", PutOptions.DEFAULT);
    put("b", PutOptions.DEFAULT);
    put("c", LATER);
    String buried = put("d", PutOptions.DEFAULT);
    assertThat(admin("bury", buried).code()).isZero();

    assertThat(admin("delete", first)).isEqualTo(silence());
    assertThat(admin("delete", first).code()).isEqualTo(7);
    assertThat(admin("delete", held).stderr()).contains("NOT_FOUND").hasLineCount(1);
    assertThat(admin("drain", "mail", "delayed")).isEqualTo(said("1"));
    assertThat(admin("drain", "mail", "--json")).isEqualTo(said("{\"deleted\":2}"));
    assertThat(admin("job", held).stdout()).containsPattern("(?m)^state +reserved$");
  }

  @Test
  void what_is_not_there_is_7_and_a_server_that_is_down_6() {
    for (String wrong :
        List.of("stats nobody", "job 17", "bury 17", "kick-job 17", "drain nobody")) {
      Run run = admin(wrong.split(" ", -1));
      assertThat(run.code()).as(wrong).isEqualTo(7);
      assertThat(run.stderr()).contains("NOT_FOUND").hasLineCount(1);
      assertThat(run.stdout()).isEmpty();
    }
    assertThat(
            Run.of("", "admin", "--queue", "beanstalk://127.0.0.1:1", "tubes").code())
        .isEqualTo(6);
  }

  @Test
  void what_is_no_action_is_a_usage_error() {
    for (String wrong : List.of(
        "status",
        "tubes more",
        "peek",
        "peek mail",
        "peek mail reserved",
        "kick",
        "kick mail many",
        "kick-job mail",
        "pause mail",
        "pause mail long",
        "delete",
        "delete -1",
        "delete 99999999999999999999",
        "bury mail",
        "drain",
        "drain mail reserved",
        "stats $%&")) {
      Run run = admin(wrong.split(" ", -1));
      assertThat(run.code()).as(wrong).isEqualTo(2);
      assertThat(run.stdout()).isEmpty();
    }
    String several = broker.url() + ",h2";
    assertThat(Run.of("", "admin", "--queue", several, "tubes").stderr()).contains("h2");
    assertThat(Run.of("", "submit", "--queue", several, "--status", "1").code()).isEqualTo(2);
  }

  @Test
  void the_status_of_a_task_is_asked_for_by_its_id() {
    Run submit =
        Run.of("hello", "submit", "--queue", broker.url(), "--task", "mail", "--background");
    String id = submit.stdout().strip();
    assertThat(status(id)).isEqualTo(said("waiting"));

    assertThat(reserve()).isEqualTo(id);
    assertThat(status(id)).isEqualTo(said("running"));
    client.release(Long.parseLong(id), 1024, Duration.ofHours(1)).await();
    assertThat(status(id)).isEqualTo(said("delayed"));
    assertThat(admin("bury", id).code()).isZero();
    assertThat(status(id)).isEqualTo(said("buried"));
    assertThat(admin("delete", id).code()).isZero();
    assertThat(status(id)).isEqualTo(said("unknown"));
    assertThat(status("H:x:1").code()).isEqualTo(2);
  }

  private Run status(String id) {
    return Run.of("", "submit", "--queue", broker.url(), "--status", id);
  }
}
