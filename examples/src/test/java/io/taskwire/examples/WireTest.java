/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static io.taskwire.Raw.RAW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/WIRE.md holds: its test vectors, and its worker in Python. */
class WireTest {

  private static final String WIRE = Project.read(Project.ROOT.resolve("docs/WIRE.md"));

  /** The rows below a marker, as cells without backquotes. */
  private static Stream<List<String>> rows(String marker) {
    List<List<String>> rows = WIRE.substring(WIRE.indexOf("<!-- vectors: " + marker + " -->"))
        .lines()
        .skip(3)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
            .map(cell -> cell.strip().replace("`", ""))
            .toList())
        .toList();
    assertThat(rows).isNotEmpty();
    return rows.stream();
  }

  static Stream<List<String>> envelopes() {
    return Stream.of("envelope", "replies", "several replies").flatMap(WireTest::rows);
  }

  static Stream<List<String>> failures() {
    return rows("failure");
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void an_envelope_is_read_and_written_as_its_vector_says(List<String> row) {
    Buffer body = hex(row.get(0));
    boolean present = !row.get(1).equals("plain");
    Map<String, String> headers = present ? headers(row.get(1)) : Map.of();
    Buffer payload = hex(row.get(2));

    assertThat(Envelope.open(EnvelopeMode.AUTO, body))
        .isEqualTo(new Envelope(present, headers, payload));
    if (row.get(3).equals("yes")) {
      Buffer written = present
          ? Envelope.encode(headers, payload)
          : Envelope.wrap(EnvelopeMode.AUTO, Map.of(), payload);
      assertThat(written).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_is_read_and_written_as_its_vector_says(List<String> row) {
    Failure failure = Failure.ofText(Buffer.buffer(row.get(0)));

    assertThat(failure)
        .isEqualTo(new Failure(FailureCode.valueOf(row.get(1)), row.get(2), row.get(3), null));
    assertThat(failure.toText().toString(UTF_8)).isEqualTo(row.get(0));
  }

  private static Buffer hex(String digits) {
    return Buffer.buffer(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : text.split(", ", -1)) {
      if (!pair.equals("none")) {
        headers.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return headers;
  }

  private static final TaskType<Buffer, Buffer> SHOUT = TaskType.raw("shout");

  /** The worker of the document, for the task {@code shout}. */
  private static Program python(Path folder, Broker broker) {
    Matcher python = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(WIRE);
    assertThat(python.find()).isTrue();
    Path worker = folder.resolve("worker.py");
    Project.write(worker, python.group(1));
    return Program.start(List.of(
        "python3", worker.toString(), "127.0.0.1", Integer.toString(broker.port()), SHOUT.name()));
  }

  @Test
  void the_worker_in_python_serves_results_over_beanstalkd(@TempDir Path folder) throws Exception {
    try (Broker broker = BeanstalkdBroker.create()) {
      broker.start();
      try (TaskQueue queue = TaskQueue.open(broker.url());
          Program program = python(folder, broker)) {
        queue.send(SHOUT, Buffer.buffer("nobody waits for this one")).await();
        SubmitOptions headers =
            SubmitOptions.create().header("short", "h".repeat(40)).header("long", "h".repeat(300));

        assertThat(queue.call("shout", RAW, Buffer.buffer("hello")).await(30, TimeUnit.SECONDS))
            .isEqualTo(Buffer.buffer("HELLO"));
        assertThat(queue.call(SHOUT, Buffer.buffer("again"), headers).await(30, TimeUnit.SECONDS))
            .isEqualTo(Buffer.buffer("AGAIN"));
        program.terminate();
      }
    }
  }

  @Test
  void the_worker_in_python_answers_each_of_many_callers_at_once(@TempDir Path folder)
      throws Exception {
    try (Broker broker = BeanstalkdBroker.create()) {
      broker.start();
      try (TaskQueue one = TaskQueue.open(broker.url());
          TaskQueue two = TaskQueue.open(broker.url());
          Program program = python(folder, broker)) {
        List<Future<Buffer>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          TaskQueue caller = i % 2 == 0 ? one : two;
          results.add(caller.call(SHOUT, Buffer.buffer("\0\r\ntask " + i)));
        }

        for (int i = 0; i < results.size(); i++) {
          assertThat(results.get(i).await(30, TimeUnit.SECONDS))
              .isEqualTo(Buffer.buffer("\0\r\nTASK " + i));
        }
        program.terminate();
      }
    }
  }

  @Test
  void the_worker_in_python_answers_a_caller_that_was_away(@TempDir Path folder) throws Exception {
    try (Broker broker = BeanstalkdBroker.create()) {
      broker.start();
      String id;
      try (TaskQueue caller = TaskQueue.open(broker.url() + "?clientId=shop")) {
        id = caller.task(SHOUT, Buffer.buffer("hello")).await().id();
      }
      try (TaskQueue caller = TaskQueue.open(broker.url() + "?clientId=shop");
          Program program = python(folder, broker)) {
        assertThat(caller.attach(id, SHOUT).result().await(30, TimeUnit.SECONDS))
            .isEqualTo(Buffer.buffer("HELLO"));
        program.terminate();
      }
    }
  }
}
