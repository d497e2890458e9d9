/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

  private final Vertx vertx = Vertx.vertx();
  private final Loop loop = new Loop(((VertxInternal) vertx).createEventLoopContext(), true);

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }

  @Test
  void runs_the_tasks_of_each_thread_in_their_order() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    List<List<Integer>> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(threads * each);
    List<Thread> pushers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      List<Integer> mine = new ArrayList<>();
      seen.add(mine);
      Thread pusher = new Thread(() -> {
        for (int i = 0; i < each; i++) {
          int number = i;
          loop.run(() -> {
            mine.add(number);
            done.countDown();
          });
        }
      });
      pushers.add(pusher);
      pusher.start();
    }
    for (Thread pusher : pushers) {
      pusher.join();
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    for (List<Integer> mine : seen) {
      assertThat(mine).hasSize(each).isSorted();
    }
  }

  @Test
  void goes_on_after_a_task_that_throws() throws InterruptedException {
    CountDownLatch after = new CountDownLatch(1);
    loop.run(() -> {
      throw new IllegalStateException("as the test wants it");
    });
    loop.run(after::countDown);

    assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tells_a_task_that_the_loop_has_ended() throws InterruptedException {
    vertx.close().await();
    CountDownLatch told = new CountDownLatch(1);
    LoopTask task = new LoopTask() {
      @Override
      void runOnLoop() {}

      @Override
      void loopEnded() {
        told.countDown();
      }
    };
    loop.execute(task);

    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
