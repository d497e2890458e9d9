/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.HandlerOptions;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** Bytes in, bytes out, whatever they are. */
public abstract class RawContract extends Contract {

  /** For the transports. */
  protected RawContract() {}

  /** Bodies that some careless protocol would take for something else. */
  enum Body {
    EMPTY(""),
    ONE_NUL("00"),
    NULS("00000000"),
    ENDS_WITH_NUL("616200"),
    CR_LF("0d0a"),
    LINES("61 0d0a 62 0d0a 2e 0d0a"),
    BEGINS_WITH_C1("c1"),
    C1_AND_MORE("c1ffee"),
    ALMOST_THE_MARK("c15457"),
    THE_MARK_ALONE("c1545701"),
    THE_MARK_AND_GARBAGE("c1545701 ffffffff"),
    A_WHOLE_ENVELOPE_WITHOUT_HEADERS("c1545701 80 6869"),
    A_WHOLE_ENVELOPE_WITH_A_HEADER("c1545701 81 a4636f6465 a748414e444c4552 6869"),
    THE_MARK_OF_ANOTHER_VERSION("c1545702 80 6869"),
    A_GEARMAN_PACKET("00524551 00000007 00000000"),
    A_BEANSTALK_COMMAND("64656c65746520310d0a"),
    NOT_UTF_8("fffe80c0"),
    EVERY_BYTE("");

    private final String hex;

    Body(String hex) {
      this.hex = hex.replace(" ", "");
    }

    Buffer bytes() {
      if (this != EVERY_BYTE) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
      }
      Buffer all = Buffer.buffer();
      for (int value = 0; value < 256; value++) {
        all.appendByte((byte) value);
      }
      return all;
    }
  }

  @Test
  void a_body_goes_both_ways_untouched() {
    echoes(bed().open());
  }

  @Test
  void a_body_goes_both_ways_untouched_in_envelopes() {
    echoes(bed().open("envelope=always"));
  }

  private void echoes(TaskQueue queue) {
    String task = bed().name("echo");
    BlockingQueue<Buffer> seen = new ArrayBlockingQueue<>(1);
    queue.onAsync(task, Raw.RAW, bytes -> {
      seen.add(bytes.copy());
      return Future.succeededFuture(bytes);
    });
    Await.value(queue.start());

    for (Body body : Body.values()) {
      assertThat(Await.value(queue.call(task, Raw.RAW, body.bytes())))
          .as("answer to %s", body)
          .isEqualTo(body.bytes());
      assertThat(seen.remove()).as("request %s", body).isEqualTo(body.bytes());
    }
  }

  @Test
  void a_body_without_response_arrives_untouched() throws InterruptedException {
    String task = bed().name("one-way");
    BlockingQueue<Buffer> seen = new ArrayBlockingQueue<>(1);
    TaskQueue queue = bed().open();
    queue.on(task, Raw.RAW, bytes -> {
      seen.add(bytes);
      return null;
    });
    Await.value(queue.start());

    for (Body body : Body.values()) {
      Await.value(queue.send(task, Raw.RAW, body.bytes()));
      assertThat(seen.take()).as("request %s", body).isEqualTo(body.bytes());
    }
  }

  @Test
  void a_body_with_headers_goes_both_ways_untouched() {
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("with-headers"));
    TaskQueue queue = bed().open();
    queue.on(type, (bytes, context) -> {
      assertThat(context.headers()).isEqualTo(Map.of("tenant", "7"));
      return bytes;
    });
    Await.value(queue.start());

    for (Body body : Body.values()) {
      SubmitOptions tenant = SubmitOptions.create().header("tenant", "7");
      assertThat(Await.value(queue.call(type, body.bytes(), tenant)))
          .as("answer to %s", body)
          .isEqualTo(body.bytes());
    }
  }

  @Test
  void a_raw_result_of_null_is_empty() {
    String task = bed().name("null");
    TaskQueue queue = bed().open();
    queue.on(task, Raw.RAW, bytes -> null);
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, Raw.RAW, Buffer.buffer("x"))))
        .isEqualTo(Buffer.buffer());
  }

  @Test
  void a_raw_task_fails_as_others_do() {
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("fails"));
    TaskQueue queue = bed().open();
    queue.on(type, HandlerOptions.create(), bytes -> {
      throw new IllegalStateException("no " + bytes.toString(StandardCharsets.UTF_8));
    });
    Await.value(queue.start());

    RemoteTaskException failure =
        Await.failure(queue.call(type, Buffer.buffer("paper")), RemoteTaskException.class);
    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteMessage()).isEqualTo("no paper");
  }
}
