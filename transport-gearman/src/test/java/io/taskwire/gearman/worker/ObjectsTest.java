/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.TypeRef;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.tck.bed.Await;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The serializer of the options at work. */
class ObjectsTest {

  private final WorkerStage stage = new WorkerStage();
  private int port;
  private JobCaller caller;

  @BeforeEach
  void start() {
    port = stage.broker().port();
    caller = stage.caller(port);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Numbers in decimal, lists of them with commas between, and empty for null. */
  private static final class Decimals implements Serializer {

    @Override
    public String name() {
      return "decimals";
    }

    @Override
    public Buffer encode(@Nullable Object value, Type type) {
      return Buffer.buffer(String.valueOf(value));
    }

    @Override
    public @Nullable Object decode(Buffer payload, Type type) {
      String text = payload.toString();
      try {
        return text.isEmpty()
            ? null
            : type == Integer.class
                ? Integer.valueOf(text)
                : Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
      } catch (NumberFormatException e) {
        throw new SerializationException("not a number: " + text, e);
      }
    }
  }

  @Test
  void payloads_are_read_and_results_written_by_the_serializer() {
    GearmanOptions options =
        WorkerStage.servers(port).serializer(new Decimals()).build();
    GearmanWorker worker = stage.add(GearmanWorker.open(options));
    Await.value(worker.register(
        "sum",
        job -> job.value(new TypeRef<List<Integer>>() {}).stream()
            .mapToInt(Integer::intValue)
            .sum()));
    Await.value(worker.register("double", job -> 2 * job.value(Integer.class)));

    assertThat(caller.submit("sum", "1,2,39").next()).isEqualTo("complete 42");
    assertThat(caller.submit("double", "21").next()).isEqualTo("complete 42");
  }

  @Test
  void without_a_serializer_objects_fail_the_job_with_a_hint() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> List.of(1)));
    Await.value(worker.register("g", job -> job.value(Integer.class)));

    assertThat(caller.submit("f", "").next())
        .startsWith("exception " + SerializationException.class.getName())
        .contains("without a serializer");
    assertThat(caller.submit("g", "1").next()).contains("without a serializer");
  }

  @Test
  void what_cannot_be_read_fails_the_job() {
    GearmanOptions options =
        WorkerStage.servers(port).serializer(new Decimals()).build();
    GearmanWorker worker = stage.add(GearmanWorker.open(options));
    Await.value(worker.register("f", job -> job.value(Integer.class)));

    assertThat(caller.submit("f", "x").next())
        .startsWith("exception " + SerializationException.class.getName());
    assertThat(caller.submit("f", "").next()).contains("holds no value");
  }
}
