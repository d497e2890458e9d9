/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private final CommandJvm jvm =
      CommandJvm.start(ProbeProcess.class, List.of("-Xmx128m"), "memory:");

  @AfterEach
  void close() {
    jvm.close();
  }

  @Test
  void calls_from_several_threads_of_several_names_are_answered_and_counted() {
    jvm.ask("serve echo 3");

    assertThat(number("call echo 3 4 20000")).isBetween(20_000L, 20_000L + Callers.IN_FLIGHT);
  }

  @Test
  void names_that_are_served_no_more_are_answered_by_nobody() {
    jvm.ask("serve fewer 1");
    jvm.ask("serve fewer 0");
    long before = number("heap");

    jvm.ask("await fewer-0 10000");

    assertThat(number("heap") - before).isGreaterThan(10_000 * Payload.SIZE);
  }

  @Test
  void waiting_tasks_take_heap() {
    jvm.ask("await nobody 1000");
    long few = number("heap");

    jvm.ask("await nobody 20000");

    assertThat(number("heap") - few).isGreaterThan(19_000 * Payload.SIZE);
  }

  @Test
  void what_is_allocated_and_the_time_of_the_processor_grow_with_the_work() {
    jvm.ask("serve work 1");
    long bytes = number("allocated");
    long nanos = CpuTime.nanos(jvm.pid());

    long calls = number("call work 1 1 10000");

    assertThat(number("allocated") - bytes).isGreaterThan(calls * Payload.SIZE);
    assertThat(CpuTime.nanos(jvm.pid())).isGreaterThan(nanos);
  }

  @Test
  void an_unknown_command_is_refused() {
    assertThatThrownBy(() -> jvm.ask("juggle")).hasMessageContaining("no such command: juggle");
  }

  private long number(String command) {
    return Long.parseLong(jvm.ask(command));
  }
}
