/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.taskwire.beanstalk.BeanstalkServerStatus.State;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.spi.Settled;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BeanstalkConsumerTest {

  private static final Tube TUBE = Tube.of("work");
  private static final ConsumerOptions WORK = ConsumerOptions.of(TUBE);

  private final BeanstalkdBroker one = BeanstalkdBroker.withBinlog();
  private final BeanstalkdBroker two = BeanstalkdBroker.create();

  @BeforeEach
  void start() {
    one.start();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private static BeanstalkConsumer open(ConsumerOptions consumer, int... ports) {
    BeanstalkOptions.Builder builder = BeanstalkOptions.builder()
        .retry(Duration.ofMillis(50))
        .requestTimeout(Duration.ofSeconds(20));
    for (int port : ports) {
      builder.server("127.0.0.1", port);
    }
    return BeanstalkConsumer.open(builder.build(), consumer);
  }

  private static void put(BeanstalkdBroker broker, String tube, int jobs, long ttr) {
    try (RawClient raw = new RawClient(broker.port())) {
      for (int i = 0; i < jobs; i++) {
        raw.put(tube, ttr, Integer.toString(i));
      }
    }
  }

  private static String tubeStats(BeanstalkdBroker broker) {
    try (RawClient raw = new RawClient(broker.port())) {
      return raw.ask("stats-tube work");
    }
  }

  private static void awaitJobs(BeanstalkdBroker broker, String... lines) {
    await().untilAsserted(() -> assertThat(tubeStats(broker)).contains(lines));
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("what comes within 20 s").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long number(String stats, String key) {
    return stats
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 2)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_job_whose_handler_returns_is_deleted() {
    put(one, "work", 3, 60);
    LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(WORK.concurrency(1), one.port())) {
      consumer.handle(job -> bodies.add(job.text())).await();
      assertThat(List.of(take(bodies), take(bodies), take(bodies))).containsExactly("0", "1", "2");
      awaitJobs(one, "cmd-delete: 3\n", "current-jobs-reserved: 0\n");
    }
  }

  @Test
  void a_handler_ends_a_job_by_delete_release_or_bury() {
    put(one, "work", 5, 60);
    LinkedBlockingQueue<Settled> settled = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(WORK, one.port());
        RawClient raw = new RawClient(one.port())) {
      consumer
          .handle(job -> settled.add(
              switch (job.text()) {
                case "0" -> job.delete().await();
                case "1" -> job.release(Duration.ofMinutes(1)).await();
                case "2" -> job.release(7, Duration.ofMillis(90_500)).await();
                case "3" -> job.bury().await();
                default -> job.bury(9).await();
              }))
          .await();
      for (int i = 0; i < 5; i++) {
        assertThat(take(settled)).isEqualTo(Settled.DONE);
      }
      assertThat(raw.say("stats-job 1")).isEqualTo("NOT_FOUND");
      assertThat(raw.ask("stats-job 2")).contains("state: delayed\npri: 1024\n", "delay: 60\n");
      assertThat(raw.ask("stats-job 3")).contains("state: delayed\npri: 7\n", "delay: 91\n");
      assertThat(raw.ask("stats-job 4")).contains("state: buried\npri: 1024\n");
      assertThat(raw.ask("stats-job 5")).contains("state: buried\npri: 9\n");
    }
  }

  @Test
  void a_job_is_ended_once() {
    put(one, "work", 1, 60);
    LinkedBlockingQueue<Throwable> second = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(WORK, one.port())) {
      consumer
          .handle(job -> {
            Future<Settled> buried = job.bury();
            try {
              job.delete();
            } catch (IllegalStateException e) {
              second.add(e);
            }
            buried.await();
            second.add(
                job.stats().map(stats -> new Throwable()).otherwise(why -> why).await());
          })
          .await();
      assertThat(take(second)).hasMessageContaining("ended already");
      assertThat(take(second)).isInstanceOf(IllegalStateException.class);
      awaitJobs(one, "current-jobs-buried: 1\n", "cmd-delete: 0\n");
    }
  }

  @Test
  void a_job_whose_handler_fails_is_buried() {
    put(one, "work", 1, 60);
    try (BeanstalkConsumer consumer = open(WORK, one.port())) {
      consumer
          .handle(job -> {
            throw new IllegalStateException("no");
          })
          .await();
      awaitJobs(one, "current-jobs-buried: 1\n", "current-jobs-ready: 0\n");
    }
  }

  @Test
  void a_job_whose_handler_fails_is_tried_again_as_often_as_wanted_and_then_buried() {
    put(one, "work", 1, 60);
    LinkedBlockingQueue<String> attempts = new LinkedBlockingQueue<>();
    ConsumerOptions options = WORK.retryFailed(2, Duration.ZERO);
    try (BeanstalkConsumer consumer = open(options, one.port());
        RawClient raw = new RawClient(one.port())) {
      consumer
          .handleAsync(job -> {
            attempts.add(job.text());
            return Future.failedFuture("no");
          })
          .await();
      awaitJobs(one, "current-jobs-buried: 1\n");
      assertThat(attempts).hasSize(3);
      assertThat(raw.ask("stats-job 1")).contains("reserves: 3\n", "releases: 2\n", "pri: 1024\n");
    }
  }

  @Test
  void never_more_handlers_run_at_once_than_wanted_over_tubes_and_servers() {
    two.start();
    put(one, "work", 100, 60);
    put(one, "other", 100, 60);
    put(two, "work", 100, 60);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(300);
    CyclicBarrier five = new CyclicBarrier(5);
    ConsumerOptions options =
        ConsumerOptions.create().watch(2, TUBE).watch(1, Tube.of("other")).concurrency(5);
    try (BeanstalkConsumer consumer = open(options, one.port(), two.port())) {
      consumer
          .handle(job -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            job.delete().await();
            five.await(20, TimeUnit.SECONDS); // the handler still counts, though its job has ended
            now.decrementAndGet();
            all.countDown();
          })
          .await();
      await().until(() -> all.getCount() == 0);
      assertThat(most.get()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30})
  void slots_go_to_tubes_by_their_weights_as_long_as_they_have_jobs(int concurrency) {
    two.start(); // without a binlog, which takes its time for each put
    Tube heavy = Tube.of("heavy");
    Tube light = Tube.of("light");
    put(two, "heavy", 2_000, 60);
    put(two, "light", 2_000, 60);
    ConsumerOptions options =
        ConsumerOptions.create().watch(4, heavy).watch(1, light).concurrency(concurrency);
    LinkedBlockingQueue<Tube> order = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(options, two.port())) {
      consumer
          .handleAsync(job -> job.stats().onSuccess(stats -> order.add(stats.tube())))
          .await();
      await().until(() -> order.size() == 4_000);
    }
    List<Tube> first = order.stream().limit(2_000).toList();
    double share = first.stream().filter(heavy::equals).count() / 2_000.0;
    assertThat(share).isCloseTo(0.8, within(0.05));
  }

  @Test
  void a_tube_without_jobs_leaves_the_slots_to_the_others() {
    put(one, "light", 200, 60);
    ConsumerOptions options = ConsumerOptions.create()
        .watch(100, Tube.of("heavy"))
        .watch(1, Tube.of("light"))
        .concurrency(1);
    AtomicInteger light = new AtomicInteger();
    LinkedBlockingQueue<String> heavy = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(options, one.port())) {
      consumer
          .handle(job -> {
            if (job.text().length() > 3) {
              heavy.add(job.text());
            } else {
              light.incrementAndGet();
            }
          })
          .await();
      await().until(() -> light.get() == 200);
      try (RawClient raw = new RawClient(one.port())) {
        raw.put("heavy", 60, "at last");
      }
      assertThat(take(heavy)).isEqualTo("at last");
    }
  }

  @Test
  void tubes_in_one_group_are_served_by_priority() {
    try (RawClient raw = new RawClient(one.port())) {
      raw.say("use a");
      raw.say("put 5 0 60 1\r\n2");
      raw.say("use b");
      raw.say("put 1 0 60 1\r\n1");
      raw.say("put 9 0 60 1\r\n3");
    }
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    ConsumerOptions options = ConsumerOptions.of(Tube.of("a"), Tube.of("b")).concurrency(1);
    try (BeanstalkConsumer consumer = open(options, one.port())) {
      consumer.handle(job -> order.add(job.text())).await();
      assertThat(List.of(take(order), take(order), take(order))).containsExactly("1", "2", "3");
    }
  }

  @Test
  void a_batch_has_what_is_there_up_to_its_size() {
    put(one, "work", 250, 60);
    LinkedBlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    ConsumerOptions options = WORK.concurrency(1).batch(100, Duration.ofMillis(300));
    try (BeanstalkConsumer consumer = open(options, one.port())) {
      consumer
          .handleBatches(jobs -> {
            batches.add(jobs.stream().map(ConsumedJob::text).toList());
            jobs.get(0).bury();
          })
          .await();
      assertThat(
              List.of(take(batches).size(), take(batches).size(), take(batches).size()))
          .containsExactly(100, 100, 50);
      awaitJobs(one, "cmd-delete: 247\n", "current-jobs-buried: 3\n");
    }
  }

  @Test
  void an_asynchronous_batch_that_fails_fails_for_all_that_were_not_ended() {
    put(one, "work", 3, 60);
    ConsumerOptions options = WORK.batch(3, Duration.ofSeconds(10));
    try (BeanstalkConsumer consumer = open(options, one.port())) {
      consumer
          .handleBatchesAsync(
              jobs -> jobs.get(1).delete().compose(done -> Future.failedFuture("the rest not")))
          .await();
      awaitJobs(one, "cmd-delete: 1\n", "current-jobs-buried: 2\n");
    }
  }

  @Test
  void the_lease_of_a_slow_handler_is_kept_beyond_its_time_to_run() {
    put(one, "work", 1, 2);
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<Boolean> lost = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(WORK, one.port());
        RawClient raw = new RawClient(one.port())) {
      consumer
          .handle(job -> {
            release.await();
            lost.add(job.isLeaseLost());
          })
          .await();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(number(raw.ask("stats-job 1"), "age")).isGreaterThanOrEqualTo(5));
      assertThat(raw.ask("stats-job 1")).contains("state: reserved\n", "timeouts: 0\n");
      release.countDown();
      assertThat(take(lost)).isFalse();
      awaitJobs(one, "cmd-delete: 1\n", "current-jobs-ready: 0\n");
    }
  }

  @Test
  void without_keeping_the_handler_is_told_that_the_lease_is_lost_and_ends_nothing() {
    put(one, "work", 1, 2);
    LinkedBlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Settled> settled = new LinkedBlockingQueue<>();
    ConsumerOptions options = WORK.keepLeases(false).concurrency(1);
    try (BeanstalkConsumer consumer = open(options, one.port())) {
      AtomicInteger attempts = new AtomicInteger();
      consumer
          .handle(job -> {
            if (attempts.incrementAndGet() == 1) {
              told.add(job.leaseLost().await());
              assertThat(job.isLeaseLost()).isTrue();
              settled.add(job.delete().await());
            }
          })
          .await();
      assertThat(take(told)).hasMessageContaining("job 1");
      assertThat(take(settled)).isEqualTo(Settled.LEASE_LOST);
      await().until(() -> attempts.get() == 2);
      awaitJobs(one, "cmd-delete: 1\n", "current-jobs-ready: 0\n");
    }
  }

  @Test
  void a_handler_that_touches_keeps_its_lease_itself() {
    put(one, "work", 1, 2);
    CountDownLatch enough = new CountDownLatch(1);
    LinkedBlockingQueue<Boolean> held = new LinkedBlockingQueue<>();
    try (BeanstalkConsumer consumer = open(WORK.keepLeases(false), one.port());
        RawClient raw = new RawClient(one.port())) {
      consumer
          .handle(job -> {
            while (!enough.await(200, TimeUnit.MILLISECONDS)) {
              held.add(job.touch().await());
            }
          })
          .await();
      await().until(() -> number(raw.ask("stats-job 1"), "age") >= 5);
      enough.countDown();
      awaitJobs(one, "cmd-delete: 1\n", "current-jobs-ready: 0\n");
      assertThat(held).hasSizeGreaterThan(5).containsOnly(true);
    }
  }

  @Test
  void a_lost_connection_is_a_lost_lease_and_the_job_comes_again() {
    put(one, "work", 1, 60);
    LinkedBlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    AtomicInteger attempts = new AtomicInteger();
    try (TcpProxy proxy = TcpProxy.to(one.port());
        BeanstalkConsumer consumer = open(WORK, proxy.port())) {
      CountDownLatch begun = new CountDownLatch(1);
      consumer
          .handleAsync(job -> {
            if (attempts.incrementAndGet() > 1) {
              return Future.succeededFuture();
            }
            begun.countDown();
            return job.leaseLost().onSuccess(told::add);
          })
          .await();
      await().until(() -> begun.getCount() == 0);
      proxy.cut();
      take(told);
      await().until(() -> attempts.get() == 2);
      awaitJobs(one, "cmd-delete: 1\n", "current-jobs-ready: 0\n");
    }
  }

  @Test
  void jobs_of_all_servers_are_handled_and_go_on_where_one_is_killed() {
    two.start();
    ConcurrentHashMap.KeySetView<String, Boolean> servers = ConcurrentHashMap.newKeySet();
    AtomicInteger count = new AtomicInteger();
    try (BeanstalkConsumer consumer = open(WORK, one.port(), two.port())) {
      consumer
          .handle(job -> {
            servers.add(job.server());
            count.incrementAndGet();
          })
          .await();
      put(one, "work", 5, 60);
      put(two, "work", 5, 60);
      await().until(() -> count.get() == 10);
      assertThat(servers)
          .containsExactlyInAnyOrder("127.0.0.1:" + one.port(), "127.0.0.1:" + two.port());
      two.kill();
      await().until(() -> !consumer.servers().get(1).isConnected());
      put(one, "work", 5, 60);
      await().until(() -> count.get() == 15);
      two.start();
      put(two, "work", 5, 60);
      await().until(() -> count.get() == 20);
    }
  }

  @Test
  void a_killed_server_gives_its_jobs_again_when_it_is_back() {
    put(one, "work", 1, 60);
    AtomicInteger attempts = new AtomicInteger();
    Promise<Void> never = Promise.promise();
    try (BeanstalkConsumer consumer = open(WORK.drainTimeout(Duration.ZERO), one.port())) {
      consumer
          .handleAsync(
              job -> attempts.incrementAndGet() == 1 ? never.future() : Future.succeededFuture())
          .await();
      await().until(() -> attempts.get() == 1);
      one.kill();
      await().until(() -> consumer.servers().get(0).state() == State.FAILED);
      one.start();
      await().until(() -> attempts.get() == 2);
      awaitJobs(one, "current-jobs-ready: 0\n", "current-jobs-reserved: 0\n");
    }
  }

  @Test
  void draining_lets_handlers_end_and_takes_nothing_new_until_resumed() {
    put(one, "work", 10, 60);
    Semaphore goOn = new Semaphore(0);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    try (BeanstalkConsumer consumer = open(WORK.concurrency(2), one.port())) {
      consumer
          .handle(job -> {
            begun.incrementAndGet();
            goOn.acquire();
            ended.incrementAndGet();
          })
          .await();
      await().until(() -> begun.get() == 2);
      Future<Void> drained = consumer.drain();
      assertThat(drained.isComplete()).isFalse();
      goOn.release(10);
      drained.await();
      assertThat(List.of(begun.get(), ended.get())).containsExactly(2, 2);
      awaitJobs(one, "cmd-delete: 2\n", "current-jobs-ready: 8\n", "current-jobs-reserved: 0\n");
      consumer.resume();
      await().until(() -> ended.get() == 10);
      awaitJobs(one, "cmd-delete: 10\n");
    }
  }

  @Test
  void closing_waits_for_handlers_and_their_jobs_are_deleted() {
    put(one, "work", 4, 60);
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    BeanstalkConsumer consumer = open(WORK.concurrency(2), one.port());
    consumer
        .handle(job -> {
          begun.countDown();
          goOn.await();
        })
        .await();
    await().until(() -> begun.getCount() == 0);
    Future<Void> closing = consumer.shutdown();
    goOn.countDown();
    closing.await();
    awaitJobs(one, "cmd-delete: 2\n", "current-jobs-ready: 2\n", "current-jobs-reserved: 0\n");
    assertThat(one.connections()).isZero();
    assertThatThrownBy(() -> consumer.drain().await()).isInstanceOf(BeanstalkClosedException.class);
  }

  @Test
  void what_does_not_end_in_time_at_the_close_is_interrupted_and_goes_back() {
    put(one, "work", 1, 60);
    CountDownLatch begun = new CountDownLatch(1);
    LinkedBlockingQueue<Exception> interrupted = new LinkedBlockingQueue<>();
    BeanstalkConsumer consumer = open(WORK.drainTimeout(Duration.ofMillis(100)), one.port());
    consumer
        .handle(job -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.add(e);
          }
        })
        .await();
    await().until(() -> begun.getCount() == 0);
    consumer.close();
    take(interrupted);
    awaitJobs(one, "current-jobs-ready: 1\n", "cmd-delete: 0\n");
  }

  @Test
  void a_consumer_can_be_closed_in_its_handler() {
    put(one, "work", 1, 60);
    CountDownLatch closed = new CountDownLatch(1);
    BeanstalkConsumer consumer = open(WORK, one.port());
    consumer
        .handle(job -> {
          consumer.close();
          closed.countDown();
        })
        .await();
    await().until(() -> closed.getCount() == 0);
    consumer.close();
    try (RawClient raw = new RawClient(one.port())) {
      assertThat(raw.say("stats-job 1")).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void a_body_over_the_limit_is_buried_unhandled() {
    AtomicInteger handled = new AtomicInteger();
    BeanstalkOptions options = BeanstalkOptions.builder()
        .server("127.0.0.1", one.port())
        .maxPayload(1_024)
        .build();
    try (BeanstalkConsumer consumer = BeanstalkConsumer.open(options, WORK);
        RawClient raw = new RawClient(one.port())) {
      consumer.handle(job -> handled.incrementAndGet()).await();
      raw.put("work", 60, "x".repeat(5_000));
      raw.put("work", 60, "y");
      await().until(() -> handled.get() == 1);
      awaitJobs(one, "current-jobs-buried: 1\n", "cmd-delete: 1\n");
    }
  }

  @Test
  void a_consumer_has_tubes_and_one_handler() {
    assertThatThrownBy(() -> open(ConsumerOptions.create(), one.port()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tube");
    assertThatThrownBy(() -> WORK.watch(2, TUBE)).isInstanceOf(IllegalArgumentException.class);
    try (BeanstalkConsumer consumer = open(WORK, one.port())) {
      consumer.handle(job -> {}).await();
      assertThatThrownBy(() -> consumer.handle(job -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void many_jobs_are_handled_once_each() {
    two.start(); // without a binlog, which takes its time for each put
    put(two, "work", 5_000, 60);
    int[] seen = new int[5_000];
    AtomicInteger count = new AtomicInteger();
    try (BeanstalkConsumer consumer = open(WORK, two.port())) {
      consumer
          .handleAsync(job -> {
            seen[Integer.parseInt(job.text())]++; // on the event loop alone
            count.incrementAndGet();
            return Future.succeededFuture();
          })
          .await();
      await().until(() -> count.get() == 5_000);
      awaitJobs(two, "cmd-delete: 5000\n");
    }
    assertThat(IntStream.of(seen)).containsOnly(1);
  }

  @Test
  void json_tasks_end_as_with_a_worker_of_aio_beanstalk() {
    LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();
    JsonTaskHandlers handlers = JsonTaskHandlers.create()
        .on("greet", (task, job) -> calls.add(task.toString()))
        .on("fail", (task, job) -> {
          calls.add("fail");
          throw new IllegalStateException("no");
        })
        .retry(1, Duration.ofSeconds(1));
    try (BeanstalkConsumer consumer = open(WORK, one.port());
        PythonPeer python = PythonPeer.producer(one.port(), "work", 5, 0, 60);
        RawClient raw = new RawClient(one.port())) {
      consumer.handle(handlers).await();
      python.put("[\"greet\", {\"to\": \"Ann\"}, [1]]");
      assertThat(take(calls)).isEqualTo("greet(1, to=Ann)");
      python.put("[\"fail\", {}, []]");
      take(calls);
      await()
          .untilAsserted(() -> assertThat(raw.ask("stats-job 2"))
              .contains("state: delayed\npri: 6\n", "delay: 1\n"));
      take(calls);
      await()
          .untilAsserted(
              () -> assertThat(raw.ask("stats-job 2")).contains("state: buried\npri: 6\n"));
      python.put("[\"nobody\", {}, []]");
      raw.put("work", 60, "no json");
      awaitJobs(one, "current-jobs-buried: 3\n", "cmd-delete: 1\n");
    }
  }
}
