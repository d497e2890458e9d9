/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskwire.FailureCode;
import io.taskwire.spi.Failure;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Caller.Failed;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the command-line client and worker of libgearman on the other side. */
@Timeout(60)
class ForeignPeersTest {

  private final GearmandBroker broker = GearmandBroker.create();
  private final List<Process> processes = new ArrayList<>();
  private Stage stage;

  @BeforeEach
  void start() {
    broker.start();
    stage = Stage.of(new GearmanTransportProvider(), broker.port()).connect();
  }

  @AfterEach
  void stop() throws InterruptedException {
    stage.close();
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    broker.close();
  }

  @Test
  void a_foreign_worker_serves_our_task() throws IOException {
    gearman("-w", "-f", "up", "--", "tr", "a-z", "A-Z");

    assertThat(stage.submit(Caller.of("up", "hello")).result()).hasToString("HELLO");
  }

  @Test
  void a_foreign_worker_that_fails_without_a_word_fails_the_task() throws IOException {
    gearman("-w", "-f", "no", "--", "false");
    Caller caller = stage.submit(Caller.of("no", "hello"));

    Failure failure = catchThrowableOfType(Failed.class, caller::result).failure();
    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.message()).isNotEmpty();
  }

  @Test
  void our_worker_serves_a_foreign_caller() throws Exception {
    stage.consume(
        "rev",
        1,
        delivery -> delivery.complete(
            Buffer.buffer(
                new StringBuilder(delivery.payload().toString()).reverse().toString()),
            Map.of()));
    Process client = gearman("-f", "rev");

    assertThat(answer(client, "hello".getBytes(StandardCharsets.UTF_8))).isEqualTo("olleh");
    assertThat(client.exitValue()).isZero();
  }

  @Test
  void our_worker_serves_a_foreign_background_job() throws Exception {
    LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    stage.consume("bg", 1, delivery -> {
      seen.add(delivery.payload().toString());
      delivery.complete(Buffer.buffer(), Map.of());
    });
    answer(gearman("-b", "-f", "bg"), new byte[] {'x'});

    assertThat(Await.next(seen)).isEqualTo("x");
  }

  private Process gearman(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(
        List.of("gearman", "-h", "127.0.0.1", "-p", Integer.toString(broker.port())));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    processes.add(process);
    return process;
  }

  private String answer(Process client, byte[] input) throws Exception {
    try (var in = client.getOutputStream()) {
      in.write(input);
    }
    assertThat(client.waitFor(20, TimeUnit.SECONDS)).as("the client has ended").isTrue();
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
