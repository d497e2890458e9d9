/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwire.Feature;
import io.taskwire.Priority;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.Support;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRetry;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.FreePort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a transport does not claim is refused by name, and nothing is sent. */
public abstract class RefusalContract extends Contract {

  /** For the transports. */
  protected RefusalContract() {}

  private TaskQueue connectedWithout(Feature feature) {
    TaskQueue queue = bed().open();
    Await.value(queue.ping());
    assumeFalse(queue.capabilities().has(feature), "skipped: the transport has " + feature.label());
    return queue;
  }

  private void isRefused(Feature feature, SubmitOptions options) {
    TaskQueue queue = connectedWithout(feature);
    TaskType<Object, Object> type = TaskType.untyped(bed().name("refused"));

    UnsupportedOptionException refusal =
        Await.failure(queue.task(type, null, options), UnsupportedOptionException.class);
    assertThat(refusal.feature()).isEqualTo(feature);
    assertThat(refusal.taskName()).isEqualTo(type.name());
    assertThat(refusal).hasMessageContaining(feature.label());
    assertThat(refusal.isSafeToRetry()).isTrue();
    Await.failure(queue.call(type, null, options), UnsupportedOptionException.class);
    Await.failure(queue.send(type, null, options), UnsupportedOptionException.class);
    assertThat(bed().events(queue).count(Kind.ACCEPTED)).isZero();
  }

  @Test
  void priority() {
    isRefused(Feature.PRIORITY, SubmitOptions.create().priority(Priority.HIGH));
  }

  @Test
  void delay() {
    isRefused(Feature.DELAY, SubmitOptions.create().delay(Duration.ofSeconds(1)));
  }

  @Test
  void unique() {
    isRefused(Feature.UNIQUE, SubmitOptions.create().unique("key"));
  }

  @Test
  void deadline() {
    isRefused(Feature.DEADLINE, SubmitOptions.create().deadline(Duration.ofSeconds(1)));
  }

  @Test
  void headers() {
    isRefused(Feature.HEADERS, SubmitOptions.create().header("tenant", "7"));
  }

  @Test
  void headers_that_would_need_an_envelope_where_envelopes_are_switched_off() {
    TaskQueue queue = bed().open("envelope=never");
    Await.value(queue.ping());
    assumeTrue(
        bed().open().capabilities().of(Feature.HEADERS) == Support.EMULATED,
        "skipped: the transport has headers without an envelope, or none");
    TaskType<Object, Object> type = TaskType.untyped(bed().name("no-envelope"));

    refuses(
        Feature.HEADERS, queue.send(type, null, SubmitOptions.noResponse().header("tenant", "7")));
    assertThat(bed().events(queue).count(Kind.ACCEPTED)).isZero();
    Await.value(queue.send(type, null));
  }

  @Test
  void progress() {
    TaskQueue queue = connectedWithout(Feature.PROGRESS);
    String task = bed().name("refused");
    queue.onAsync(task, (data, context) -> context.progress(1, 2).map("reported"));
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, null));

    refuses(Feature.PROGRESS, () -> handle.onProgress(report -> {}));
    RemoteTaskException failure = Await.failure(handle.result(), RemoteTaskException.class);
    assertThat(failure.remoteType()).isEqualTo(UnsupportedOptionException.class.getName());
    assertThat(failure.remoteMessage()).contains(Feature.PROGRESS.label());
  }

  @Test
  void partial_data() {
    TaskQueue queue = connectedWithout(Feature.PARTIAL_DATA);
    String task = bed().name("refused");
    queue.onAsync(task, (data, context) -> context.data(Buffer.buffer("x")).map("sent"));
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, null));

    refuses(Feature.PARTIAL_DATA, () -> handle.onData(chunk -> {}));
    RemoteTaskException failure = Await.failure(handle.result(), RemoteTaskException.class);
    assertThat(failure.remoteType()).isEqualTo(UnsupportedOptionException.class.getName());
    assertThat(failure.remoteMessage()).contains(Feature.PARTIAL_DATA.label());
  }

  @Test
  void status() {
    TaskQueue queue = connectedWithout(Feature.STATUS);
    TaskHandle<Object> handle = Await.value(queue.task(bed().name("refused"), null));

    refuses(Feature.STATUS, handle.status());
  }

  @Test
  void cancel() {
    TaskQueue queue = connectedWithout(Feature.CANCEL_QUEUED);
    assumeFalse(
        queue.capabilities().has(Feature.CANCEL_RUNNING),
        "skipped: the transport has " + Feature.CANCEL_RUNNING.label());
    TaskHandle<Object> handle = Await.value(queue.task(bed().name("refused"), null));

    refuses(Feature.CANCEL_QUEUED, handle.cancel());
    assertThat(handle.result().isComplete()).isFalse();
  }

  @Test
  void retry() {
    TaskQueue queue = connectedWithout(Feature.RETRY);
    String task = bed().name("refused");
    queue.on(task, data -> {
      throw TaskRetry.after(Duration.ofSeconds(1));
    });
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(task, null), RemoteTaskException.class);

    assertThat(failure.remoteMessage()).contains("another attempt").contains("transport");
  }

  @Test
  void results_that_survive_their_caller() {
    TaskQueue queue = connectedWithout(Feature.DURABLE_RESULTS);
    TaskType<Object, Object> type = TaskType.untyped(bed().name("refused"));

    refuses(Feature.DURABLE_RESULTS, () -> queue.attach("an-id", type));
    if (transport().optionsFor(Feature.DURABLE_RESULTS).isEmpty()) {
      refuses(Feature.DURABLE_RESULTS, () -> bed().open("clientId=restarting"));
    }
  }

  @Test
  void several_hosts() {
    assumeProcess();
    connectedWithout(Feature.SEVERAL_HOSTS);
    String two = broker().url() + ",127.0.0.1:" + FreePort.find();

    assertThatThrownBy(() -> bed().openAt(two))
        .isInstanceOfAny(UnsupportedOptionException.class, io.taskwire.InvalidOptionException.class)
        .hasMessageContaining("host");
  }

  private static void refuses(Feature feature, Future<?> future) {
    UnsupportedOptionException refusal = Await.failure(future, UnsupportedOptionException.class);
    assertThat(refusal.feature()).isEqualTo(feature);
  }

  private static void refuses(Feature feature, Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            UnsupportedOptionException.class,
            refusal -> assertThat(refusal.feature()).isEqualTo(feature));
  }
}
