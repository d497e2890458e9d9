/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static io.taskwire.Raw.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskFailure;
import io.taskwire.TaskQueue;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a worker of this process, over memory. */
class SubmitTest {

  private static final String URL = "memory:submit-test";

  private TaskQueue worker;

  @BeforeEach
  void open() {
    worker = TaskQueue.open(URL);
    worker.start().await();
  }

  @AfterEach
  void close() {
    worker.close();
  }

  private static Run submit(String stdin, String task, String... more) {
    return submit(stdin.getBytes(StandardCharsets.UTF_8), task, more);
  }

  private static Run submit(byte[] stdin, String task, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(new String[] {"submit", "--queue", URL, "--task", task}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Run.of(stdin, arguments);
  }

  @Test
  void text_goes_through_the_serializer_and_comes_back_exactly() {
    worker.on("greet", String.class, name -> "¡" + name + "!");

    assertThat(submit("Zoë\n", "greet")).isEqualTo(new Run(0, "¡Zoë\n!", ""));
  }

  @Test
  void empty_stdin_is_an_empty_text() {
    worker.on("length", String.class, text -> "length " + text.length());

    assertThat(submit("", "length")).isEqualTo(new Run(0, "length 0", ""));
  }

  @Test
  void json_is_a_value_for_the_handler_and_its_result_one_line() {
    worker.on("size", input -> Map.of("size", ((Map<?, ?>) input).size()));

    assertThat(submit("{\"a\": [1, 2], \"b\": null}", "size", "--json"))
        .isEqualTo(new Run(0, "{\"size\":2}\n", ""));
  }

  @Test
  void what_is_not_json_is_not_sent() {
    AtomicInteger handled = new AtomicInteger();
    worker.on("count", input -> handled.incrementAndGet());

    assertThat(submit("{\"a\":", "count", "--json").code()).isEqualTo(2);
    assertThat(submit("", "count", "--json").code()).isEqualTo(2);
    assertThat(submit("1 2", "count", "--json").code()).isEqualTo(2);
    assertThat(submit("7", "count", "--json")).isEqualTo(new Run(0, "1\n", ""));
  }

  @Test
  void bytes_that_are_not_utf8_are_a_usage_error_with_text_and_fine_with_raw() {
    byte[] bytes = {(byte) 0xff, 0, '\r', '\n', (byte) 0xc1};
    worker.on("hex", RAW, payload -> Buffer.buffer(payload.length() + " bytes"));

    Run text = submit(bytes, "hex");
    assertThat(text.code()).isEqualTo(2);
    assertThat(text.stderr()).contains("not UTF-8", "--raw");
    assertThat(submit(bytes, "hex", "--raw")).isEqualTo(new Run(0, "5 bytes", ""));
  }

  @Test
  void a_failed_task_is_3_with_its_message_on_stderr() {
    worker.on("pay", String.class, input -> {
      throw new TaskFailure("CardDeclined", "no money");
    });

    Run run = submit("x", "pay");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).contains("CardDeclined: no money").doesNotContain("\tat ");
  }

  @Test
  void a_result_of_another_format_is_3() {
    worker.on("list", String.class, input -> List.of(1, 2));

    assertThat(submit("x", "list").code()).isEqualTo(3);
  }

  @Test
  void a_result_that_does_not_come_is_4() {
    Run run = submit("x", "nobody", "--timeout", "50ms");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.stderr()).contains("nobody", "0.05 s");
  }

  @Test
  void without_response_it_ends_at_acceptance_and_writes_nothing() {
    assertThat(submit("x", "nobody", "--no-response")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void a_payload_above_the_limit_is_not_read_on() {
    Run run =
        Run.of("x".repeat(1025), "submit", "--queue", URL + "?maxPayload=1KiB", "--task", "t");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.stderr()).contains("1024");
  }

  @Test
  void options_reach_the_task() {
    worker.on("slow", String.class, text -> text);

    Run run = submit(
        "x", "slow", "--priority", "HIGH", "--delay", "10ms", "--unique", "k", "--timeout", "1m");
    assertThat(run).isEqualTo(new Run(0, "x", ""));
  }

  @Test
  void count_submits_so_often_and_shows_the_rate() {
    AtomicInteger handled = new AtomicInteger();
    worker.on("count", input -> "the " + handled.incrementAndGet() + "th");

    Run run = submit("x", "count", "--count", "5000");
    assertThat(handled).hasValue(5000);
    assertThat(run.code()).isZero();
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).matches("5000 of 5000 done in \\d+\\.\\d{3} s, \\d+ a second\n");
  }

  @Test
  void count_goes_on_after_failures_and_tells_the_first() {
    AtomicInteger handled = new AtomicInteger();
    worker.on("odd", String.class, input -> {
      int number = handled.incrementAndGet();
      if (number % 2 == 1) {
        throw new TaskFailure("Odd", "an odd number");
      }
      return number;
    });

    Run run = submit("x", "odd", "--json", "--count", "100");
    assertThat(run.code()).isEqualTo(2); // x is no JSON

    run = submit("\"x\"", "odd", "--json", "--count", "100");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.stderr()).contains("Odd: an odd number", "50 of 100 done");
  }
}
