/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerPoolTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** In seconds: when an idle thread ends it looks once more. */
  private static final long BEFORE_IDLE_THREADS_LOOK = 5;

  private final AtomicInteger handOvers = new AtomicInteger();
  private final AtomicInteger results = new AtomicInteger();
  private final AtomicInteger fetched = new AtomicInteger();

  private final HandlerPool pool = pool(16, Duration.ofSeconds(10));

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  void handlers_that_block_all_run_at_once_up_to_the_limit() throws Exception {
    CyclicBarrier all = new CyclicBarrier(16);
    CountDownLatch met = new CountDownLatch(16);

    for (int i = 0; i < 16; i++) {
      execute(() -> {
        meet(all);
        met.countDown();
      });
    }

    assertThat(met.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(pool.size()).isEqualTo(16);
  }

  @Test
  void handlers_that_block_all_run_at_once_after_many_short_ones_too() throws Exception {
    runShortOnes();
    CyclicBarrier all = new CyclicBarrier(16);
    CountDownLatch met = new CountDownLatch(16);

    pool.execute(Collections.nCopies(16, () -> {
      meet(all);
      met.countDown();
    }));

    assertThat(met.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_handler_that_blocks_does_not_keep_those_behind_it_waiting() throws Exception {
    runShortOnes();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch behind = new CountDownLatch(100);
    List<Runnable> runs = new ArrayList<>(Collections.nCopies(100, behind::countDown));
    runs.add(0, () -> waitFor(end));

    pool.execute(runs);

    assertThat(behind.await(BEFORE_IDLE_THREADS_LOOK, TimeUnit.SECONDS)).isTrue();
    end.countDown();
  }

  @Test
  void what_comes_while_a_handler_blocks_does_not_wait_for_it() throws Exception {
    runShortOnes();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    execute(() -> {
      begun.countDown();
      waitFor(end);
    });
    assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    CountDownLatch later = new CountDownLatch(1);

    execute(later::countDown);

    assertThat(later.await(BEFORE_IDLE_THREADS_LOOK, TimeUnit.SECONDS)).isTrue();
    end.countDown();
  }

  @Test
  void a_result_does_not_wait_for_the_handler_after_it() throws Exception {
    runShortOnes();
    CountDownLatch end = new CountDownLatch(1);

    pool.execute(List.of(results::incrementAndGet, () -> waitFor(end)));

    await().atMost(LONG).until(() -> fetched.get() == 1);
    end.countDown();
  }

  @Test
  void results_of_a_burst_of_short_handlers_are_handed_over_together() {
    await().atMost(LONG).until(() -> handOversOfBurst() == 1);
  }

  @Test
  void a_pool_that_has_nothing_to_do_does_not_wake_up() throws Exception {
    runShortOnes();
    pool.execute(Collections.nCopies(50, () -> {}));

    await()
        .during(Duration.ofMillis(50))
        .atMost(LONG)
        .until(() -> watches().noneMatch(HandlerPoolTest::looks));
    assertThat(watches()).isNotEmpty();
  }

  private static Stream<Thread> watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("taskwire-handler-watch"));
  }

  /** Tells whether it sleeps for a look, and not until it is needed. */
  private static boolean looks(Thread watch) {
    return Arrays.stream(watch.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("awaitNeed"));
  }

  @Test
  void threads_that_never_idle_do_as_much() throws Exception {
    HandlerPool eager = pool(16, Duration.ZERO);
    CyclicBarrier all = new CyclicBarrier(16);
    CountDownLatch done = new CountDownLatch(20_016);

    for (int i = 0; i < 20_000; i++) {
      execute(eager, done::countDown);
    }
    eager.execute(Collections.nCopies(16, () -> {
      meet(all);
      done.countDown();
    }));

    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(LONG).until(() -> eager.size() == 0);
  }

  @Test
  void no_more_run_at_once_than_the_limit_allows() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(5_000);

    for (int i = 0; i < 5_000; i++) {
      execute(() -> {
        highest.accumulateAndGet(running.incrementAndGet(), Math::max);
        LockSupport.parkNanos(1_000);
        running.decrementAndGet();
        done.countDown();
      });
    }

    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(highest).hasValueLessThanOrEqualTo(16);
  }

  @Test
  void everything_runs_once_however_it_comes() throws Exception {
    Set<Integer> ran = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(200_000);

    for (int i = 0; i < 200_000; i++) {
      int number = i;
      execute(() -> {
        if (ran.add(number)) {
          done.countDown();
        }
      });
      if (i % 1_000 == 0) {
        LockSupport.parkNanos(1_000); // so that threads fall idle in between
      }
    }

    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasSize(200_000);
  }

  @Test
  void work_that_comes_when_the_result_before_is_there_needs_no_second_thread() {
    for (int i = 1; i <= 100; i++) {
      int result = i;
      execute(results::incrementAndGet);
      await().pollDelay(Duration.ZERO).atMost(LONG).until(() -> fetched.get() == result);
    }

    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void a_larger_limit_counts_at_once_for_what_waits() throws Exception {
    CyclicBarrier all = new CyclicBarrier(32);
    CountDownLatch met = new CountDownLatch(32);
    for (int i = 0; i < 32; i++) {
      execute(() -> {
        meet(all);
        met.countDown();
      });
    }

    pool.resize(32);

    assertThat(met.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threads_that_have_nothing_to_do_end() {
    HandlerPool brief = pool(4, Duration.ofMillis(20));
    CyclicBarrier all = new CyclicBarrier(4);
    for (int i = 0; i < 4; i++) {
      execute(brief, () -> meet(all));
    }

    await().atMost(LONG).until(() -> brief.size() == 0);
    AtomicInteger ran = new AtomicInteger();
    execute(brief, ran::incrementAndGet);
    await().atMost(LONG).until(() -> ran.get() == 1);
  }

  @Test
  void a_handler_that_throws_costs_its_thread_and_no_other_work() throws Exception {
    CountDownLatch done = new CountDownLatch(100);
    AtomicInteger uncaught = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      boolean throwing = i % 10 == 0;
      execute(() -> {
        done.countDown();
        if (throwing) {
          Thread.currentThread().setUncaughtExceptionHandler((t, e) -> uncaught.incrementAndGet());
          throw new IllegalStateException("thrown by a test");
        }
      });
    }

    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(LONG).until(() -> uncaught.get() == 10);
  }

  @Test
  void stopping_interrupts_what_runs_and_refuses_more() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    execute(() -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    pool.stop();

    assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(LONG).until(() -> pool.size() == 0);
    assertThatThrownBy(() -> execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  /** After that the pool takes handlers for short: their results were handed over together. */
  private void runShortOnes() {
    await().pollDelay(Duration.ZERO).atMost(LONG).until(() -> handOversOfBurst() == 1);
  }

  private int handOversOfBurst() throws InterruptedException {
    int before = handOvers.get();
    CountDownLatch done = new CountDownLatch(50);
    pool.execute(Collections.nCopies(50, done::countDown));
    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().pollDelay(Duration.ZERO).atMost(LONG).until(() -> handOvers.get() > before);
    return handOvers.get() - before;
  }

  /** Until it is told, or the pool stops. */
  private static void waitFor(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void execute(Runnable run) {
    execute(pool, run);
  }

  private static void execute(HandlerPool pool, Runnable run) {
    pool.execute(List.of(run));
  }

  private HandlerPool pool(int most, Duration idle) {
    return new HandlerPool(Thread::new, most, idle, () -> {
      fetched.set(results.get());
      handOvers.incrementAndGet();
    });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
