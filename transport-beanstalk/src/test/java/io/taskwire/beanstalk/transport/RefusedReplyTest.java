/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker whose host takes no replies any more, since it is in drain mode. */
@Timeout(60)
class RefusedReplyTest {

  private static final TaskType<String, String> TEXT =
      TaskType.of("text", String.class, String.class);

  private final BeanstalkdBroker first = BeanstalkdBroker.create();
  private final BeanstalkdBroker second = BeanstalkdBroker.create();
  private final AtomicInteger runs = new AtomicInteger();
  private final Promise<Void> finish = Promise.promise();

  @BeforeEach
  void start() {
    first.start();
    second.start();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private TaskQueue overBoth(String options) {
    return TaskQueue.open(first.url() + ",127.0.0.1:" + second.port() + "?retry=50ms" + options);
  }

  private TaskQueue worker() {
    TaskQueue worker = overBoth("");
    worker.onAsync(TEXT, text -> {
      runs.incrementAndGet();
      return finish.future().map(done -> "Hello, " + text);
    });
    Await.value(worker.start());
    await().until(() -> first.connections() >= 2 && second.connections() >= 2);
    return worker;
  }

  private static int jobs(BeanstalkdBroker broker, String state) {
    try (RawClient raw = new RawClient(broker.port())) {
      return raw.ask("stats")
          .lines()
          .filter(line -> line.startsWith("current-jobs-" + state + ": "))
          .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
          .sum();
    }
  }

  private void both_results_come_by_the_host_that_takes_replies(String options) {
    try (TaskQueue worker = worker();
        TaskQueue caller = overBoth(options)) {
      Await.value(caller.ping());
      Await.value(worker.ping());
      await().until(() -> first.connections() >= 3 && second.connections() >= 3);
      TaskHandle<String> one = Await.value(caller.task(TEXT, "one"));
      TaskHandle<String> other = Await.value(caller.task(TEXT, "other"));
      await().until(() -> jobs(first, "reserved") == 1 && jobs(second, "reserved") == 1);
      first.drain();

      finish.complete();

      assertThat(Await.value(one.result())).isEqualTo("Hello, one");
      assertThat(Await.value(other.result())).isEqualTo("Hello, other");
      assertThat(runs).hasValue(2);
      await().until(() -> jobs(first, "reserved") == 0);
      assertThat(jobs(first, "delayed") + jobs(first, "ready")).isZero();
    }
  }

  @Test
  void result_goes_by_another_host_where_the_caller_watches() {
    both_results_come_by_the_host_that_takes_replies("");
  }

  @Test
  void result_for_a_caller_with_a_name_goes_by_another_host_too() {
    both_results_come_by_the_host_that_takes_replies("&clientId=billing");
  }

  @Test
  void task_is_kept_with_a_delay_where_the_caller_watches_no_other_host() {
    try (TaskQueue worker = worker();
        TaskQueue caller = TaskQueue.open(first.url() + "?retry=50ms")) {
      Await.value(worker.ping());
      TaskHandle<String> handle = Await.value(caller.task(TEXT, "one"));
      await().until(() -> jobs(first, "reserved") == 1);
      first.drain();

      finish.complete();

      await().atMost(Duration.ofSeconds(20)).until(() -> jobs(first, "delayed") == 1);
      assertThat(handle.result().isComplete()).isFalse();
      assertThat(jobs(second, "ready")).isZero();
      // The delayed task runs again, as long as its caller may be answered some day.
      await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() > 1);
    }
  }
}
