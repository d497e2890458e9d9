/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ScheduleTest {

  @Property
  void tasks_come_in_the_order_of_their_times_whatever_is_removed(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20) Integer> dues,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 59) Integer> removals) {
    Schedule schedule = new Schedule();
    List<MemoryTask> expected = new ArrayList<>();
    List<MemoryTask> all = new ArrayList<>();
    ReadyTasks line = new NamedTasks("n", "").of(Priority.NORMAL);
    for (int due : dues) {
      MemoryTask task = new MemoryTask(line, all.size(), new byte[0], Map.of(), null);
      schedule.add(task, due);
      all.add(task);
      expected.add(task);
    }
    for (int removal : removals) {
      if (removal < all.size()) {
        schedule.remove(all.get(removal));
        expected.remove(all.get(removal));
      }
    }
    expected.sort(Comparator.<MemoryTask>comparingLong(task -> task.times().due)
        .thenComparingLong(task -> task.number));

    List<MemoryTask> polled = new ArrayList<>();
    for (long now = 0; now <= 20; now++) {
      MemoryTask task;
      while ((task = schedule.pollDue(now)) != null) {
        assertThat(task.times().due).isEqualTo(now);
        polled.add(task);
      }
      assertThat(schedule.nextDue()).isGreaterThan(now);
    }

    assertThat(polled).isEqualTo(expected);
    assertThat(schedule.nextDue()).isEqualTo(Schedule.NEVER);
  }
}
