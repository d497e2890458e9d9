/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickerTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Ticker ticker = new Ticker(context, Duration.ofMillis(20));
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close_vertx() {
    vertx.close().await();
  }

  @Test
  void all_look_in_the_same_turn_of_the_event_loop_in_the_order_in_which_they_came()
      throws Exception {
    on(() -> {
      ticker.add(() -> {
        heard.add("first");
        context.runOnContext(end -> heard.add("next turn"));
      });
      ticker.add(() -> heard.add("second"));
      ticker.add(() -> heard.add("third"));
      return true;
    });

    assertThat(heard(8))
        .containsExactly(
            "first", "second", "third", "next turn", "first", "second", "third", "next turn");
  }

  @Test
  void only_one_timer_rings_for_all_and_none_when_the_last_is_gone() {
    Runnable one = () -> heard.add("one");
    Runnable other = () -> heard.add("other");

    assertThat(timersMadeBy(() -> {
          ticker.add(one);
          ticker.add(other);
          ticker.remove(one);
        }))
        .hasSize(1)
        .allMatch(vertx::cancelTimer);
    assertThat(timersMadeBy(() -> {
          ticker.remove(other);
          ticker.add(other);
          ticker.remove(other);
        }))
        .hasSize(1)
        .noneMatch(vertx::cancelTimer);
  }

  @Test
  void one_that_fails_keeps_nobody_else_from_looking() throws Exception {
    on(() -> {
      ticker.add(() -> {
        throw new IllegalStateException("broken");
      });
      ticker.add(() -> heard.add("sound"));
      return true;
    });

    assertThat(heard(2)).containsExactly("sound", "sound");
  }

  @Test
  void whoever_is_taken_out_by_a_look_before_it_looks_no_more() throws Exception {
    Runnable other = () -> heard.add("other");
    on(() -> {
      ticker.add(() -> {
        heard.add("one");
        ticker.remove(other);
      });
      ticker.add(other);
      return true;
    });

    assertThat(heard(3)).containsExactly("one", "one", "one");
  }

  private List<String> heard(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (all.size() < count) {
      String next = heard.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("heard after " + all).isNotNull();
      all.add(next);
    }
    return all;
  }

  /** Their ids, which count up. */
  private List<Long> timersMadeBy(Runnable action) {
    return on(() -> {
      long before = vertx.setTimer(3_600_000, id -> {});
      action.run();
      long after = vertx.setTimer(3_600_000, id -> {});
      List<Long> made = new ArrayList<>();
      for (long id = before + 1; id < after; id++) {
        made.add(id);
      }
      return made;
    });
  }

  private <T> T on(Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(turn -> done.complete(action.get()));
    return done.future().await();
  }
}
