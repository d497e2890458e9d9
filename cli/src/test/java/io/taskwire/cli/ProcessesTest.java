/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program in processes of its own, against real brokers and foreign programs. */
class ProcessesTest {

  private static final Broker GEARMAND = GearmandBroker.create();
  private static final Broker BEANSTALKD = BeanstalkdBroker.create();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @TempDir
  private Path folder;

  @BeforeAll
  static void start_brokers() {
    GEARMAND.start();
    BEANSTALKD.start();
  }

  @AfterAll
  static void close_brokers() {
    GEARMAND.close();
    BEANSTALKD.close();
  }

  @AfterEach
  void close_processes() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  static Stream<Running> brokers() {
    return Stream.of(new Running("gearmand", GEARMAND), new Running("beanstalkd", BEANSTALKD));
  }

  /** Not the broker itself: JUnit closes arguments that can be closed after each test. */
  private record Running(String name, Broker broker) {

    @Override
    public String toString() {
      return name;
    }
  }

  private CliProcess taskwire(String... arguments) {
    CliProcess process = CliProcess.taskwire(arguments);
    open.push(process);
    return process;
  }

  private CliProcess foreign(String... command) {
    CliProcess process = CliProcess.foreign(command);
    open.push(process);
    return process;
  }

  private CliProcess worker(Broker broker, String task, String... how) {
    return taskwire(with(new String[] {"work", "--queue", broker.url(), "--task", task}, how))
        .awaitStderr("ready " + task + "\n");
  }

  private CliProcess submit(Broker broker, String task, String... how) {
    return taskwire(with(new String[] {"submit", "--queue", broker.url(), "--task", task}, how));
  }

  private static String[] with(String[] first, String[] more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  /** A command that tells by a file that it has begun, and ends when another is there. */
  private String tellsAndWaits() {
    return "touch '" + folder + "/begun'; until [ -e '" + folder
        + "/end' ]; do sleep 0.05; done; cat";
  }

  private void awaitBegun() {
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("begun")));
  }

  private void letEnd() throws Exception {
    Files.createFile(folder.resolve("end"));
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void what_one_process_submits_another_handles(Running running) throws Exception {
    worker(running.broker, "rev", "--builtin", "reverse");

    CliProcess submit = submit(running.broker, "rev").stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("olleh");
    assertThat(submit.errors()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_command_gets_the_payload_and_gives_the_result(Running running) throws Exception {
    worker(running.broker, "sh", "--exec", "tr a-z A-Z");

    CliProcess submit = submit(running.broker, "sh").stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("HELLO");
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_command_that_fails_fails_the_task_with_its_stderr(Running running) throws Exception {
    CliProcess worker = worker(running.broker, "bad", "--exec", "echo out of paper >&2; exit 9");

    CliProcess submit = submit(running.broker, "bad").stdin("hello");
    assertThat(submit.exitCode()).isEqualTo(3);
    assertThat(submit.text()).isEmpty();
    assertThat(submit.errors()).contains("exit-9: out of paper").doesNotContain("\tat ");
    worker.signal("TERM");
    assertThat(worker.exitCode()).isZero();
    assertThat(worker.errors()).contains("exit-9: out of paper").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void at_sigterm_a_worker_ends_what_it_has_begun(Running running) throws Exception {
    CliProcess worker = worker(running.broker, "drain", "--exec", tellsAndWaits());
    CliProcess submit = submit(running.broker, "drain").stdin("hello");
    awaitBegun();

    worker.signal("TERM");
    letEnd();

    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("hello");
    assertThat(worker.exitCode()).isZero();
    assertThat(worker.errors()).isEqualTo("ready drain\n");
  }

  @Test
  void interrupted_a_worker_ends_without_a_word() throws Exception {
    CliProcess worker = worker(GEARMAND, "int", "--builtin", "echo");

    worker.signal("INT");

    assertThat(worker.exitCode()).isZero();
    assertThat(worker.errors()).isEqualTo("ready int\n");
  }

  @Test
  void interrupted_a_waiting_submit_ends_without_a_word() throws Exception {
    worker(GEARMAND, "long", "--exec", tellsAndWaits());
    CliProcess submit = submit(GEARMAND, "long").stdin("hello");
    awaitBegun();

    submit.signal("INT");

    assertThat(submit.exitCode()).isEqualTo(130);
    assertThat(submit.errors()).isEmpty();
    letEnd();
  }

  @Test
  void a_gearman_worker_serves_a_raw_submit() throws Exception {
    foreign(
        "gearman",
        "-h",
        "127.0.0.1",
        "-p",
        "" + GEARMAND.port(),
        "-w",
        "-f",
        "up",
        "--",
        "tr",
        "a-z",
        "A-Z");

    CliProcess submit = submit(GEARMAND, "up", "--raw").stdin("hello");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("HELLO");
  }

  @Test
  void a_raw_worker_serves_a_gearman_client() throws Exception {
    worker(GEARMAND, "foreign-rev", "--raw", "--builtin", "reverse");

    CliProcess gearman = foreign(
            "gearman", "-h", "127.0.0.1", "-p", "" + GEARMAND.port(), "-f", "foreign-rev")
        .stdin("hello");
    assertThat(gearman.exitCode()).isZero();
    assertThat(gearman.text()).isEqualTo("olleh");
  }

  @Test
  void a_mebibyte_of_bytes_comes_back_as_it_was() throws Exception {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    worker(GEARMAND, "big", "--raw", "--exec", "cat");

    CliProcess submit = submit(GEARMAND, "big", "--raw").stdin(bytes);
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.output()).isEqualTo(bytes);
  }

  @Test
  void a_command_need_not_read_its_stdin() throws Exception {
    worker(GEARMAND, "deaf", "--raw", "--exec", "printf done");

    CliProcess submit = submit(GEARMAND, "deaf", "--raw").stdin(new byte[1 << 20]);
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEqualTo("done");
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void count_is_pipelined(Running running) throws Exception {
    worker(running.broker, "many", "--builtin", "echo");

    CliProcess submit = submit(running.broker, "many", "--count", "3000").stdin("x");
    assertThat(submit.exitCode()).as(submit.errors()).isZero();
    assertThat(submit.text()).isEmpty();
    assertThat(submit.errors()).startsWith("3000 of 3000 done in ");
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_task_that_nobody_handles_is_4(Running running) throws Exception {
    CliProcess submit = submit(running.broker, "nobody", "--timeout", "100ms").stdin("x");

    assertThat(submit.exitCode()).isEqualTo(4);
    assertThat(submit.errors()).contains("nobody").doesNotContain("\tat ");
  }

  @Test
  void a_broker_that_dies_with_the_task_is_5() throws Exception {
    Broker doomed = GearmandBroker.create();
    open.push(doomed);
    doomed.start();
    worker(doomed, "lost", "--exec", tellsAndWaits());
    CliProcess submit = submit(doomed, "lost").stdin("x");
    awaitBegun();

    doomed.kill();

    assertThat(submit.exitCode()).isEqualTo(5);
    assertThat(submit.errors()).contains("lost").doesNotContain("\tat ");
    letEnd();
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_broker_that_is_down_is_6_at_once(Running running) throws Exception {
    String down = running.broker.urlThrough(1); // nobody listens there
    CliProcess ping = taskwire("ping", "--queue", down);
    CliProcess submit = taskwire("submit", "--queue", down, "--task", "t").stdin("x");

    assertThat(ping.exitCode()).isEqualTo(6);
    assertThat(submit.exitCode()).isEqualTo(6);
    assertThat(submit.errors()).contains("127.0.0.1:1", "refused").hasLineCount(1);
  }

  @Test
  void a_payload_the_broker_does_not_take_is_7() throws Exception {
    CliProcess submit = submit(BEANSTALKD, "large", "--raw").stdin(new byte[1 << 20]);

    assertThat(submit.exitCode()).isEqualTo(7);
    assertThat(submit.errors()).contains("large").doesNotContain("\tat ");
  }

  @Test
  void an_option_the_transport_has_not_is_7() throws Exception {
    CliProcess submit = submit(BEANSTALKD, "t", "--unique", "k").stdin("x");

    assertThat(submit.exitCode()).isEqualTo(7);
    assertThat(submit.errors()).contains("unique");
  }

  @Test
  void a_closed_stdout_is_one_line_and_no_stack_trace() throws Exception {
    worker(GEARMAND, "pipe", "--builtin", "echo");
    CliProcess submit =
        CliProcess.taskwireUnheard("submit", "--queue", GEARMAND.url(), "--task", "pipe");
    open.push(submit);
    submit.stdin("hello");

    assertThat(submit.exitCode()).isEqualTo(1);
    assertThat(submit.errors()).contains("Broken pipe").hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_broker_that_answers_is_pinged(Running running) throws Exception {
    CliProcess ping = taskwire("ping", "--queue", running.broker.url());

    assertThat(ping.exitCode()).as(ping.errors()).isZero();
    assertThat(ping.text()).startsWith("the broker answers: ");
  }

  @Test
  void a_worker_waits_for_a_broker_that_is_down_and_says_so() throws Exception {
    Broker late = GearmandBroker.create();
    open.push(late);
    CliProcess worker = taskwire(
            "work", "--queue", late.url() + "?retry=100ms", "--task", "late", "--builtin", "echo")
        .awaitStderr("next attempt in");

    late.start();

    worker.awaitStderr("ready late\n");
  }
}
