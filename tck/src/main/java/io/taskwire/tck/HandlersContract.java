/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.Raw;
import io.taskwire.Registration;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.TypeRef;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How handlers are registered, and what they are given. */
public abstract class HandlersContract extends Contract {

  /** For the transports. */
  protected HandlersContract() {}

  @Test
  void an_untyped_handler_gets_the_decoded_value() {
    String task = bed().name("untyped");
    Promise<Object> seen = Promise.promise();
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      seen.complete(data);
      return "world";
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, Map.of("message", "hello")))).isEqualTo("world");
    assertThat(Await.value(seen.future())).isEqualTo(Map.of("message", "hello"));
  }

  @Test
  void a_handler_typed_by_class_gets_an_instance() {
    String task = bed().name("by-class");
    TaskQueue queue = bed().open();
    queue.on(task, Order.class, order -> order.item() + " x " + order.count());
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, new Order("tea", 3), String.class)))
        .isEqualTo("tea x 3");
  }

  @Test
  void a_handler_typed_by_task_type_gets_and_gives_instances() {
    TaskType<Order, Receipt> charge =
        TaskType.of(bed().name("by-type"), Order.class, Receipt.class);
    TaskQueue queue = bed().open();
    queue.on(charge, order -> new Receipt(order.item(), order.count() * 10L));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(charge, new Order("tea", 3))))
        .isEqualTo(new Receipt("tea", 30));
  }

  @Test
  void generic_types_keep_their_elements() {
    TaskType<List<Order>, Map<String, Receipt>> total =
        TaskType.of(bed().name("generic"), new TypeRef<>() {}, new TypeRef<>() {});
    TaskQueue queue = bed().open();
    queue.on(total, orders -> Map.of("all", new Receipt(orders.get(1).item(), orders.size())));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(total, List.of(new Order("tea", 1), new Order("milk", 2)))))
        .isEqualTo(Map.of("all", new Receipt("milk", 2)));
  }

  @Test
  void a_raw_handler_gets_and_gives_bytes() {
    String task = bed().name("raw");
    TaskQueue queue = bed().open();
    queue.on(task, Raw.RAW, bytes -> Buffer.buffer().appendBuffer(bytes).appendByte((byte) 0));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, Raw.RAW, Buffer.buffer("ab"))))
        .isEqualTo(Buffer.buffer("ab\0"));
  }

  @Test
  void the_context_tells_name_and_id_of_the_task() {
    String task = bed().name("context");
    TaskQueue queue = bed().open();
    queue.on(task, (data, context) -> context.taskName() + " " + context.id());
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, 1));

    assertThat(Await.value(handle.result())).isEqualTo(task + " " + handle.id());
    assertThat(handle.taskName()).isEqualTo(task);
  }

  @Test
  void null_goes_both_ways() {
    String task = bed().name("null");
    TaskQueue queue = bed().open();
    Promise<Boolean> gotNull = Promise.promise();
    queue.on(task, data -> {
      gotNull.complete(data == null);
      return null;
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isNull();
    assertThat(Await.value(gotNull.future())).isTrue();
  }

  @Test
  void registering_a_name_twice_is_an_error() {
    String task = bed().name("twice");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "first");

    assertThatThrownBy(() -> queue.on(task, data -> "second"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(task);
    assertThatThrownBy(() -> queue.onAsync(task, data -> Future.succeededFuture("third")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(task);

    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("first");
  }

  @Test
  void registering_at_a_closed_queue_is_an_error() {
    TaskQueue queue = bed().open();
    queue.close();

    assertThatThrownBy(() -> queue.on(bed().name("late"), data -> null))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_handler_registered_after_start_becomes_live() {
    String early = bed().name("early");
    String late = bed().name("late");
    TaskQueue queue = bed().open();
    queue.on(early, data -> "early");
    Await.value(queue.start());

    Registration registration = queue.on(late, data -> "late");

    Await.value(registration.live());
    assertThat(registration.taskName()).isEqualTo(late);
    assertThat(Await.value(queue.call(late, null))).isEqualTo("late");
    assertThat(Await.value(queue.call(early, null))).isEqualTo("early");
  }

  @Test
  void a_queue_started_without_handlers_takes_one_later() {
    String task = bed().name("only");
    TaskQueue queue = bed().open();
    Await.value(queue.start());

    queue.on(task, data -> "done");

    assertThat(Await.value(queue.call(task, null))).isEqualTo("done");
  }

  @Test
  void start_completes_when_every_handler_is_live() {
    TaskQueue queue = bed().open();
    List<Registration> registrations = java.util.stream.IntStream.range(0, 10)
        .mapToObj(i -> queue.on(bed().name("one-of-ten"), data -> i))
        .toList();
    assertThat(registrations).noneMatch(registration -> registration.live().isComplete());

    Future<Void> started = queue.start();
    Future<Void> again = queue.start();
    Await.value(started);
    Await.value(again);

    assertThat(registrations).allMatch(registration -> registration.live().succeeded());
    Await.value(queue.start());
  }

  @Test
  void tasks_of_a_removed_handler_wait_for_the_next_one() {
    String task = bed().name("removed");
    String other = bed().name("other");
    TaskQueue queue = bed().open();
    Registration first = queue.on(task, data -> "first");
    queue.on(other, data -> "other");
    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("first");

    Await.value(first.remove());
    Future<Object> waiting = Await.value(queue.task(task, null)).result();
    // Whatever still took the task would have answered before this one, which was submitted later.
    assertThat(Await.value(queue.call(other, null))).isEqualTo("other");
    assertThat(waiting.isComplete()).isFalse();

    queue.on(task, data -> "second");
    assertThat(Await.value(waiting)).isEqualTo("second");
  }

  @Test
  void removing_a_handler_lets_its_running_task_finish() throws InterruptedException {
    String task = bed().name("removed-while-running");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue queue = bed().open();
    Registration registration = queue.on(task, data -> {
      running.countDown();
      finish.await();
      return "finished";
    });
    Await.value(queue.start());
    Future<Object> result = queue.call(task, null);
    running.await();

    Future<Void> removed = registration.remove();
    assertThat(removed.isComplete()).isFalse();
    finish.countDown();

    assertThat(Await.value(result)).isEqualTo("finished");
    Await.value(removed);
  }

  @Test
  void a_handler_removed_before_start_never_becomes_live() {
    String task = bed().name("never");
    TaskQueue queue = bed().open();
    Registration registration = queue.on(task, data -> "never");

    Await.value(registration.remove());

    Await.failure(registration.live());
    queue.on(task, data -> "instead");
    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("instead");
  }

  @Test
  void one_queue_serves_what_another_one_submits() {
    String task = bed().name("across");
    TaskQueue worker = bed().openShared();
    worker.on(task, String.class, name -> "hello " + name);
    Await.value(worker.start());

    TaskQueue caller = bed().open();
    assertThat(Await.value(caller.call(task, "you"))).isEqualTo("hello you");
  }

  @Test
  void names_with_unusual_characters_are_kept_apart() {
    String base = bed().name("names");
    List<String> names =
        List.of(base, base + ".a", base + "/a", base + " a", base + "_ä", base + "%20a");
    TaskQueue queue = bed().open();
    names.forEach(name -> queue.on(name, (data, context) -> "mine: " + context.taskName()));
    Await.value(queue.start());

    for (String name : names) {
      assertThat(Await.value(queue.call(name, null))).isEqualTo("mine: " + name);
    }
  }
}
