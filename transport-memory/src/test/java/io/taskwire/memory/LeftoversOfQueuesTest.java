/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.MemoryBroker;
import org.junit.jupiter.api.Test;

/** The conformance kit must not pass a queue that leaves something behind; memory is where it is proved. */
class LeftoversOfQueuesTest {

  @Test
  void a_timer_that_still_knows_its_queue_is_found() {
    TestBed bed = new TestBed(MemoryBroker.create());
    leaveATimer(bed);

    assertThatThrownBy(bed::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("something keeps a closed queue in memory")
        .hasMessageContaining("1 timers left");
  }

  private static void leaveATimer(TestBed bed) {
    TaskQueue queue = bed.openShared();
    bed.vertx().setPeriodic(60_000, id -> queue.capabilities());
  }
}
