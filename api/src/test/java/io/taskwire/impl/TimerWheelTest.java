/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

  /** A clock and its alarms, moved by hand. */
  private static final class ManualTime implements TimerWheel.Alarm {

    private final TreeMap<Long, Runnable> alarms = new TreeMap<>();
    private final Map<Long, Long> times = new TreeMap<>();
    private long now = 1_000_003;
    private long ids;
    private int rung;

    @Override
    public long set(long delayMillis, Runnable action) {
      long at = now + delayMillis;
      while (alarms.containsKey(at)) {
        at++;
      }
      alarms.put(at, action);
      times.put(++ids, at);
      return ids;
    }

    @Override
    public void cancel(long id) {
      alarms.remove(times.remove(id));
    }

    void goTo(long time) {
      while (!alarms.isEmpty() && alarms.firstKey() <= time) {
        Map.Entry<Long, Runnable> first = alarms.pollFirstEntry();
        now = first.getKey();
        rung++;
        first.getValue().run();
      }
      now = time;
    }
  }

  private final ManualTime time = new ManualTime();
  private final TimerWheel wheel = new TimerWheel(time, () -> time.now);
  private final List<String> expired = new ArrayList<>();

  private TimedTask task(String name) {
    return new TimedTask() {
      @Override
      void expired() {
        expired.add(name);
      }

      @Override
      void runOnLoop() {}
    };
  }

  private void pass(long millis) {
    time.goTo(time.now + millis);
  }

  @Test
  void tells_a_task_at_its_limit_and_not_before() {
    wheel.add(task("a"), Duration.ofMillis(200));

    pass(199);
    assertThat(expired).isEmpty();

    pass(1 + TimerWheel.TICK_MILLIS);
    assertThat(expired).containsExactly("a");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void tells_a_task_whose_limit_is_many_turns_away() {
    wheel.add(task("hour"), Duration.ofHours(1));

    pass(Duration.ofHours(1).toMillis() - 1);
    assertThat(expired).isEmpty();

    pass(1 + TimerWheel.TICK_MILLIS);
    assertThat(expired).containsExactly("hour");
  }

  @Test
  void forgets_a_task_that_is_removed() {
    TimedTask gone = task("gone");
    wheel.add(gone, Duration.ofMillis(50));
    wheel.add(task("stays"), Duration.ofMillis(50));

    wheel.remove(gone);
    wheel.remove(gone);
    pass(100);

    assertThat(expired).containsExactly("stays");
  }

  @Test
  void keeps_the_last_limit_of_a_task_that_is_added_again() {
    TimedTask task = task("once");
    wheel.add(task, Duration.ofMillis(50));
    wheel.add(task, Duration.ofMillis(500));

    pass(400);
    assertThat(expired).isEmpty();

    pass(200);
    assertThat(expired).containsExactly("once");
  }

  @Test
  void tells_a_task_earlier_whose_limit_was_shortened_after_it_was_put_off() {
    TimedTask task = task("once");
    wheel.add(task, Duration.ofMillis(50));
    wheel.add(task, Duration.ofHours(1));
    pass(100);
    wheel.add(task, Duration.ofMillis(50));

    pass(50 + TimerWheel.TICK_MILLIS);

    assertThat(expired).containsExactly("once");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void forgets_a_task_that_was_put_off_before_and_after_its_first_limit_would_have_passed() {
    TimedTask early = task("early");
    TimedTask late = task("late");
    for (TimedTask each : List.of(early, late)) {
      wheel.add(each, Duration.ofMillis(50));
      wheel.add(each, Duration.ofMillis(500));
    }
    wheel.remove(early);
    pass(100);
    wheel.remove(late);

    pass(1_000);

    assertThat(expired).isEmpty();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void tells_tasks_that_are_put_off_again_and_again_once_each_and_never_early() {
    Random random = new Random(7);
    Map<String, Long> due = new HashMap<>();
    Map<String, TimedTask> tasks = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      String name = "task " + random.nextInt(40);
      long limit = random.nextInt(30_000);
      wheel.add(tasks.computeIfAbsent(name, this::task), Duration.ofMillis(limit));
      due.put(name, time.now + limit);
      pass(random.nextInt(40));
      for (String told : expired) {
        assertThat(due.remove(told)).as(told).isNotNull().isLessThanOrEqualTo(time.now);
      }
      expired.clear();
      assertThat(due.values())
          .allSatisfy(at -> assertThat(at).isGreaterThan(time.now - 2 * TimerWheel.TICK_MILLIS));
    }
    assertThat(wheel.size()).isEqualTo(due.size());
  }

  @Test
  void does_not_tell_a_task_that_another_removes_at_the_same_tick() {
    TimedTask victim = task("victim");
    TimedTask remover = new TimedTask() {
      @Override
      void expired() {
        expired.add("remover");
        wheel.remove(victim);
      }

      @Override
      void runOnLoop() {}
    };
    wheel.add(victim, Duration.ofMillis(50));
    wheel.add(remover, Duration.ofMillis(50)); // looked at first: it is the newest in its slot

    pass(100);

    assertThat(expired).containsExactly("remover");
  }

  @Test
  void lets_a_task_set_a_new_limit_when_it_is_told() {
    int[] left = {3};
    TimedTask again = new TimedTask() {
      @Override
      void expired() {
        expired.add("tick");
        if (--left[0] > 0) {
          wheel.add(this, Duration.ofMillis(20));
        }
      }

      @Override
      void runOnLoop() {}
    };
    wheel.add(again, Duration.ofMillis(20));

    pass(1_000);

    assertThat(expired).containsExactly("tick", "tick", "tick");
  }

  @Test
  void rings_no_alarm_while_no_limit_is_set() {
    TimedTask task = task("a");
    wheel.add(task, Duration.ofSeconds(30));
    wheel.remove(task);

    pass(Duration.ofHours(1).toMillis());

    assertThat(time.rung).isLessThanOrEqualTo(1);
    assertThat(time.alarms).isEmpty();
  }

  @Test
  void never_has_more_than_one_alarm_set() {
    for (int i = 100; i > 0; i--) {
      wheel.add(task("t" + i), Duration.ofMillis(i * 37L));
      assertThat(time.alarms).hasSize(1);
    }
    pass(1_000);
    assertThat(time.alarms).hasSize(1);
  }

  @Test
  void tells_every_task_exactly_once_and_never_early_whatever_the_order() {
    Random random = new Random(42);
    Map<String, Long> due = new TreeMap<>();
    Map<String, Long> told = new TreeMap<>();
    for (int i = 0; i < 5_000; i++) {
      String name = "t" + i;
      long limit = random.nextInt(60_000);
      due.put(name, time.now + limit);
      TimedTask task = new TimedTask() {
        @Override
        void expired() {
          assertThat(told.put(name, time.now)).isNull();
        }

        @Override
        void runOnLoop() {}
      };
      wheel.add(task, Duration.ofMillis(limit));
      if (random.nextInt(4) == 0) {
        wheel.remove(task);
        due.remove(name);
      }
      pass(random.nextInt(20));
    }
    pass(120_000);

    assertThat(told.keySet()).isEqualTo(due.keySet());
    told.forEach((name, at) -> assertThat(at - due.getOrDefault(name, 0L))
        .as(name)
        .isBetween(0L, 2L * TimerWheel.TICK_MILLIS + 1));
    assertThat(wheel.size()).isZero();
  }
}
