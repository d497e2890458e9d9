/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskFailure;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live programs that make aioqueue's calls on the one side, a queue on the other. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class AioqueueInteropTest {

  private static final int MANY = 1_000;

  private final RabbitmqBroker broker = RabbitmqBroker.create();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  record Order(String item, int count) {}

  private String task = "";
  private int tests;

  @BeforeAll
  void start() {
    broker.start();
  }

  @BeforeEach
  void name_a_task_of_its_own() {
    task = "task-" + ++tests;
  }

  @AfterEach
  void close_all() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @AfterAll
  void end() {
    broker.close();
  }

  private TaskQueue queue() {
    TaskQueue queue = TaskQueue.open(broker.url());
    open.push(queue);
    return queue;
  }

  private void serve(String... more) throws InterruptedException {
    ForeignProgram worker = PythonPeer.worker(broker.port(), task, more);
    open.push(worker);
  }

  // Our caller, their worker.

  @Test
  void their_worker_gives_our_typed_value_back() throws Exception {
    serve();
    TaskType<Order, Order> type = TaskType.of(task, Order.class, Order.class);

    assertThat(Await.value(queue().call(type, new Order("żółw", 7))))
        .isEqualTo(new Order("żółw", 7));
  }

  @Test
  void their_worker_gives_what_python_makes_of_it() throws Exception {
    serve();
    TaskQueue queue = queue();

    assertThat(result(queue, "bytes")).isEqualTo(Buffer.buffer(new byte[] {0, (byte) 0xff}));
    assertThat(result(queue, "tuple")).isEqualTo(Arrays.asList(1L, "two", null));
    assertThat(result(queue, "none")).isNull();
    assertThat(result(queue, null)).isNull();
    assertThat(result(queue, Map.of("k", List.of(1.5, true))))
        .isEqualTo(Map.of("k", List.of(1.5, true)));
  }

  private @Nullable Object result(TaskQueue queue, @Nullable Object value) {
    return Await.value(Await.value(queue.task(task, value)).result());
  }

  @Test
  void their_raw_worker_gives_our_bytes_back() throws Exception {
    serve("raw");
    byte[] all = new byte[70_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    TaskQueue queue = queue();

    for (byte[] bytes : List.of(all, new byte[0], new byte[] {(byte) 0xc1})) {
      TaskHandle<Buffer> handle = Await.value(queue.task(task, Raw.RAW, Buffer.buffer(bytes)));
      assertThat(Await.value(handle.result())).isEqualTo(Buffer.buffer(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          raise,               '',          ''
          raise wrong,         '',          wrong
          raise ValueError: x, ValueError,  x
          """)
  void their_error_is_our_failure_also_with_an_empty_text(String value, String type, String message)
      throws Exception {
    serve();
    TaskHandle<Object> handle = Await.value(queue().task(task, value));

    RemoteTaskException failure = Await.failure(handle.result(), RemoteTaskException.class);
    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteType()).isEqualTo(type);
    assertThat(failure.remoteMessage()).isEqualTo(message);
  }

  @Test
  void what_their_worker_cannot_read_is_our_failure() throws Exception {
    serve();
    TaskQueue queue = queue();
    TaskHandle<Buffer> handle =
        Await.value(queue.task(task, Raw.RAW, Buffer.buffer(new byte[] {(byte) 0xc1})));

    assertThat(Await.failure(handle.result(), RemoteTaskException.class))
        .hasMessageContaining("0xc1");
  }

  @Test
  void their_worker_runs_our_task_without_response_and_goes_on() throws Exception {
    serve();
    TaskQueue queue = queue();

    Await.value(queue.task(task, "raise nothing", SubmitOptions.noResponse()));

    assertThat(result(queue, "after")).isEqualTo("after");
  }

  @Test
  void our_headers_do_not_confuse_their_worker() throws Exception {
    serve();
    SubmitOptions options = SubmitOptions.create()
        .header("tenant", "7")
        .header("x-death", "no")
        .deadline(Duration.ofSeconds(60));
    TaskHandle<Object> handle = Await.value(queue().task(task, "hello", options));

    assertThat(Await.value(handle.result())).isEqualTo("hello");
  }

  @Test
  void a_thousand_tasks_of_ours_have_their_own_results() throws Exception {
    serve();
    TaskQueue queue = queue();
    List<Future<Object>> results = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      results.add(queue.task(task, i).compose(TaskHandle::result));
    }

    for (int i = 0; i < MANY; i++) {
      assertThat(Await.value(results.get(i))).isEqualTo((long) i);
    }
  }

  // Their caller, our worker.

  @Test
  void our_typed_worker_answers_their_caller() throws Exception {
    TaskQueue queue = queue();
    queue.on(
        TaskType.of(task, Order.class, Order.class),
        order -> new Order(order.item(), order.count() + 1));
    Await.value(queue.start());

    assertThat(PythonPeer.call(broker.port(), task, "82a46974656da162a5636f756e7405", "c1", "01"))
        .satisfiesExactly(
            done -> assertThat(done).isEqualTo("result 82a46974656da162a5636f756e7406"),
            unread -> assertThat(unread).startsWith(PythonPeer.error("DECODE: ")),
            wrong -> assertThat(wrong).startsWith(PythonPeer.error("DECODE: ")));
  }

  @Test
  void our_untyped_worker_answers_their_caller_with_what_it_sent() throws Exception {
    TaskQueue queue = queue();
    queue.on(task, data -> data);
    Await.value(queue.start());
    String[] values = {
      "a568656c6c6f", "c0", "c4030001ff", "9301a374776fc40133", "8101a36f6e65", "a0"
    };

    assertThat(PythonPeer.call(broker.port(), task, values))
        .isEqualTo(Arrays.stream(values).map(value -> "result " + value).toList());
  }

  @Test
  void our_raw_worker_answers_their_caller_with_bytes() throws Exception {
    TaskQueue queue = queue();
    queue.on(task, Raw.RAW, body -> body.copy().appendByte((byte) 1));
    Await.value(queue.start());

    assertThat(PythonPeer.call(broker.port(), task, "c1ff", ""))
        .containsExactly("result c403c1ff01", "result c40101");
  }

  @Test
  void our_failures_are_texts_for_their_caller_and_nothing_else() throws Exception {
    TaskQueue queue = queue();
    queue.on(task, data -> {
      throw new TaskFailure("limit", "exceeded: " + data, "details");
    });
    Await.value(queue.start());

    assertThat(PythonPeer.call(broker.port(), task, "a178"))
        .containsExactly(PythonPeer.error("limit: exceeded: x"));
  }

  @Test
  void what_our_handler_reports_ahead_does_not_end_their_task() throws Exception {
    TaskQueue queue = queue();
    queue.on(task, (data, context) -> {
      context.progress(1, 2);
      context.data(Buffer.buffer("part"));
      return data;
    });
    Await.value(queue.start());

    assertThat(PythonPeer.call(broker.port(), task, "a178")).containsExactly("result a178");
  }

  @Test
  void our_worker_runs_their_task_without_response() throws Exception {
    LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    TaskQueue queue = queue();
    queue.on(task, data -> {
      seen.add(data);
      return data;
    });
    Await.value(queue.start());

    assertThat(PythonPeer.send(broker.port(), task, "a178", "a179"))
        .containsExactly("sent", "sent");
    assertThat(List.of(Await.next(seen), Await.next(seen))).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void a_thousand_tasks_of_theirs_have_their_own_results() throws Exception {
    TaskQueue queue = queue();
    queue.on(task, data -> data);
    Await.value(queue.start());

    assertThat(PythonPeer.flood(broker.port(), task, MANY)).isEqualTo("results " + MANY);
  }
}
