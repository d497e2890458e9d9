/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerPoolTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final HandlerPool pool = new HandlerPool("pool-test-", 16, Duration.ofSeconds(10));

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  void handlers_that_block_all_run_at_once_up_to_the_limit() throws Exception {
    CyclicBarrier all = new CyclicBarrier(16);
    CountDownLatch met = new CountDownLatch(16);

    for (int i = 0; i < 16; i++) {
      pool.execute(() -> {
        meet(all);
        met.countDown();
      });
    }

    assertThat(met.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(pool.size()).isEqualTo(16);
  }

  @Test
  void no_more_run_at_once_than_the_limit_allows() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(5_000);

    for (int i = 0; i < 5_000; i++) {
      pool.execute(() -> {
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
      pool.execute(() -> {
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
  void short_work_that_comes_one_by_one_needs_no_second_thread() throws Exception {
    for (int i = 0; i < 100; i++) {
      CountDownLatch done = new CountDownLatch(1);
      pool.execute(done::countDown);
      assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    assertThat(pool.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void a_larger_limit_counts_at_once_for_what_waits() throws Exception {
    CyclicBarrier all = new CyclicBarrier(32);
    CountDownLatch met = new CountDownLatch(32);
    for (int i = 0; i < 32; i++) {
      pool.execute(() -> {
        meet(all);
        met.countDown();
      });
    }

    pool.resize(32);

    assertThat(met.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threads_that_have_nothing_to_do_end() {
    HandlerPool brief = new HandlerPool("brief-", 4, Duration.ofMillis(20));
    CyclicBarrier all = new CyclicBarrier(4);
    for (int i = 0; i < 4; i++) {
      brief.execute(() -> meet(all));
    }

    await().atMost(LONG).until(() -> brief.size() == 0);
    AtomicInteger ran = new AtomicInteger();
    brief.execute(ran::incrementAndGet);
    await().atMost(LONG).until(() -> ran.get() == 1);
  }

  @Test
  void a_handler_that_throws_costs_its_thread_and_no_other_work() throws Exception {
    CountDownLatch done = new CountDownLatch(100);
    AtomicInteger uncaught = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      boolean throwing = i % 10 == 0;
      pool.execute(() -> {
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
    pool.execute(() -> {
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
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
