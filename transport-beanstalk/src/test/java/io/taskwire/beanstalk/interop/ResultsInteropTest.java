/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskFailure;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results between a task queue and programs in other languages, which know docs/WIRE.md and nothing else of us. */
class ResultsInteropTest extends Interop {

  private static List<byte[]> payloads() {
    byte[] all = new byte[1024];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    // The last looks like an envelope, and is none of its own.
    return List.of(
        all, new byte[0], "\r\n".getBytes(UTF_8), new byte[] {(byte) 0xC1, 'T', 'W', 1, (byte) 0x80
        });
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_caller_gets_from_our_worker_every_byte_it_sent(Peer peer) throws Exception {
    serve();

    for (byte[] payload : payloads()) {
      assertThat(call(peer, payload)).containsExactly("result 1 " + hex(payload));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_caller_hears_why_our_worker_failed(Peer peer) throws Exception {
    serve();

    assertThat(call(peer, "fail".getBytes(UTF_8)))
        .containsExactly("failure 1 HANDLER order no such order");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_gives_us_back_every_byte(Peer peer) throws Exception {
    ForeignProgram worker = open(peer.server(broker.port(), TUBE, payloads().size() + 1));
    TaskQueue queue = queue();
    List<Future<Buffer>> results = new ArrayList<>();
    for (byte[] payload : payloads()) {
      results.add(queue.call(TASK, Buffer.buffer(payload)));
    }
    // More than fits into the short forms of a string.
    SubmitOptions headers =
        SubmitOptions.create().header("short", "h".repeat(40)).header("long", "h".repeat(300));
    results.add(queue.call(TASK, Buffer.buffer(payloads().get(0)), headers));

    for (int i = 0; i < payloads().size(); i++) {
      assertThat(Await.value(results.get(i)).getBytes()).isEqualTo(payloads().get(i));
    }
    assertThat(Await.value(results.get(payloads().size())).getBytes())
        .isEqualTo(payloads().get(0));
    assertThat(worker.output()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_failure_of_a_foreign_worker_says_why(Peer peer) {
    open(peer.server(broker.port(), TUBE, 1));

    RemoteTaskException failure =
        Await.failure(queue().call(TASK, Buffer.buffer("fail")), RemoteTaskException.class);
    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteType()).isEqualTo("order");
    assertThat(failure).hasMessageContaining("no such order");
  }

  /** Our worker: what the foreign ones do. */
  private void serve() {
    TaskQueue queue = queue();
    queue.onAsync(
        TASK,
        payload -> payload.toString().equals("fail")
            ? Future.failedFuture(new TaskFailure("order", "no such order"))
            : Future.succeededFuture(payload));
    Await.value(queue.start());
  }

  private List<String> call(Peer peer, byte[] payload) throws InterruptedException {
    return open(peer.caller(broker.port(), TUBE, payload)).output();
  }
}
