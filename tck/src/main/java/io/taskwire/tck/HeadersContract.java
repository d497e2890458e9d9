/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.Raw;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.TypeRef;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What travels beside a payload, and which serializer made it. */
public abstract class HeadersContract extends Contract {

  private static final SubmitOptions TENANT = SubmitOptions.create().header("tenant", "7");

  /** For the transports. */
  protected HeadersContract() {}

  @Test
  void headers_reach_the_handler() {
    TaskType<String, Map<String, String>> type =
        TaskType.of(bed().name("headers"), String.class, new TypeRef<>() {});
    TaskQueue queue = bed().open();
    queue.on(type, (text, context) -> context.headers());
    Await.value(queue.start());
    SubmitOptions options = SubmitOptions.create()
        .header("tenant", "7")
        .header("Größe", "日本語 \uD83D\uDE00")
        .header("empty", "")
        .header("long", "x".repeat(8_192));

    assertThat(Await.value(queue.call(type, "text", options))).isEqualTo(options.headers());
  }

  @Test
  void as_many_headers_as_allowed_reach_the_handler() {
    TaskType<String, Map<String, String>> type =
        TaskType.of(bed().name("headers"), String.class, new TypeRef<>() {});
    TaskQueue queue = bed().open();
    queue.on(type, (text, context) -> context.headers());
    Await.value(queue.start());
    SubmitOptions options = SubmitOptions.create();
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < 64; i++) {
      options = options.header("header-" + i, "value " + i);
      all.put("header-" + i, "value " + i);
    }

    assertThat(Await.value(queue.call(type, "text", options))).isEqualTo(all);
  }

  @Test
  void a_task_without_headers_has_none_which_nobody_can_change() {
    String task = bed().name("none");
    TaskQueue queue = bed().open();
    queue.on(task, (data, context) -> {
      assertThatThrownBy(() -> context.headers().put("a", "b"))
          .isInstanceOf(UnsupportedOperationException.class);
      return context.headers().size();
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null, Integer.class))).isZero();
  }

  @Test
  void headers_reach_the_handler_of_a_task_without_response() {
    TaskType<String, Object> type = TaskType.of(bed().name("silent"), String.class, Object.class);
    Promise<Map<String, String>> seen = Promise.promise();
    TaskQueue queue = bed().open();
    queue.on(type, (text, context) -> {
      seen.complete(context.headers());
      return null;
    });
    Await.value(queue.start());

    Await.value(queue.send(type, "text", TENANT));

    assertThat(Await.value(seen.future())).isEqualTo(Map.of("tenant", "7"));
  }

  @Test
  void an_empty_payload_may_have_headers() {
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("empty"));
    TaskQueue queue = bed().open();
    queue.on(
        type, (bytes, context) -> Buffer.buffer(context.headers().get("tenant") + bytes.length()));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(type, Buffer.buffer(), TENANT)))
        .isEqualTo(Buffer.buffer("70"));
  }

  @Test
  void a_task_type_may_have_a_serializer_of_its_own() {
    TaskType<Order, Receipt> charge =
        TaskType.of(bed().name("json"), Order.class, Receipt.class).withSerializer("json");
    TaskQueue queue = bed().open();
    queue.on(charge, order -> new Receipt(order.item(), order.count()));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(charge, new Order("tea", 2))))
        .isEqualTo(new Receipt("tea", 2));
  }

  @Test
  void a_worker_answers_in_the_serializer_it_was_asked_in() {
    TaskType<Order, Receipt> plain =
        TaskType.of(bed().name("asked-in"), Order.class, Receipt.class);
    TaskQueue worker = bed().openShared();
    worker.on(plain, order -> new Receipt(order.item(), order.count()));
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    assertThat(Await.value(caller.call(plain.withSerializer("json"), new Order("tea", 2))))
        .isEqualTo(new Receipt("tea", 2));
    assertThat(Await.value(caller.call(plain, new Order("milk", 3))))
        .isEqualTo(new Receipt("milk", 3));
  }

  @Test
  void a_whole_queue_may_have_another_serializer() {
    TaskType<Order, Receipt> charge =
        TaskType.of(bed().name("json-queue"), Order.class, Receipt.class);
    TaskQueue queue = bed().open("serializer=json");
    queue.on(charge, order -> new Receipt(order.item(), order.count()));
    String asBytes = bed().name("json-bytes");
    Promise<Buffer> body = Promise.promise();
    queue.on(asBytes, Raw.RAW, bytes -> {
      body.complete(bytes);
      return bytes;
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(charge, new Order("tea", 2))))
        .isEqualTo(new Receipt("tea", 2));
    assertThat(Await.value(queue.call(asBytes, Map.of("a", "b")))).isEqualTo(Map.of("a", "b"));
    assertThat(Await.value(body.future())).isEqualTo(Buffer.buffer("{\"a\":\"b\"}"));
  }

  @Test
  void envelopes_around_everything_change_nothing_for_handlers_and_callers() {
    TaskType<Order, Receipt> charge = TaskType.of(bed().name("always"), Order.class, Receipt.class);
    TaskQueue worker = bed().openShared();
    worker.on(charge, order -> new Receipt(order.item(), order.count()));
    Await.value(worker.start());
    TaskQueue caller = bed().open("envelope=always");

    assertThat(Await.value(caller.call(charge, new Order("tea", 2))))
        .isEqualTo(new Receipt("tea", 2));
  }
}
