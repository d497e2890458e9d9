/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultTest extends MemoryTestBase {

  @Test
  void task_is_delivered_twice_and_its_caller_hears_the_first_result_only() {
    try (MemoryFaults faults = MemoryFaults.inject("faulty").deliverTwice(1)) {
      QueueSide queue = open("faulty");
      Worker worker = queue.work("n", 2);
      Heard heard = queue.submit("n", "x");
      Worker.Held one = worker.next();
      Worker.Held two = worker.next();

      assertThat(two.delivery.id()).isEqualTo(one.delivery.id());
      assertThat(two.attempt()).isEqualTo(2);
      assertThat(two.complete("second delivery")).isEqualTo(Settled.DONE);
      assertThat(one.complete("first delivery")).isEqualTo(Settled.DONE);
      assertThat(heard.result()).isEqualTo("second delivery");
      queue.run(() -> {});
      assertThat(heard.reports).isEmpty();
      assertThat(faults.areSpent()).isTrue();
    }
  }

  @Test
  void task_overtakes_those_that_wait() {
    try (MemoryFaults faults = MemoryFaults.inject("faulty")) {
      QueueSide queue = open("faulty");
      queue.submit("n", "1");
      queue.submit("n", "2");
      faults.reorder(1);
      queue.submit("n", "3");
      queue.submit("n", "4");

      assertThat(PriorityTest.handle(queue.work("n"), 4)).containsExactly("3", "1", "2", "4");
    }
  }

  @Test
  void lost_acknowledgement_has_the_task_run_again_and_its_caller_hear_once() {
    try (MemoryFaults faults = MemoryFaults.inject("faulty").loseAcknowledgements(1)) {
      QueueSide queue = open("faulty");
      Worker worker = queue.work("n");
      Heard heard = queue.submit("n", "x");

      assertThat(worker.next().complete("first")).isEqualTo(Settled.CONNECTION_LOST);
      Worker.Held again = worker.next();
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(again.complete("second")).isEqualTo(Settled.DONE);

      assertThat(heard.result()).isEqualTo("first");
      assertThat(faults.areSpent()).isTrue();
    }
  }

  @Test
  void lost_acceptance_leaves_the_outcome_unknown_and_the_task_runs() {
    try (MemoryFaults faults = MemoryFaults.inject("faulty")) {
      QueueSide queue = open("faulty");
      faults.loseAcceptances(1);

      assertThat(queue.send(task("n", "x")).rejection())
          .isInstanceOf(OutcomeUnknownException.class);

      assertThat(queue.work("n").next().complete("unheard")).isEqualTo(Settled.DONE);
    }
  }

  @Test
  void dropped_session_is_reported_and_results_come_through_the_next() throws Exception {
    try (MemoryFaults faults = MemoryFaults.inject("faulty")) {
      QueueSide queue = open("faulty");
      Worker worker = queue.work("n");
      Heard heard = queue.submit("n", "x");
      Worker.Held held = worker.next();

      faults.dropSessions();

      assertThat(queue.lost.poll(10, TimeUnit.SECONDS)).isInstanceOf(BrokerConnectException.class);
      assertThat(worker.lost).hasSize(1);
      assertThat(held.complete("late")).isEqualTo(Settled.CONNECTION_LOST);
      assertThat(queue.send(task("n", "y")).rejection().isSafeToRetry()).isTrue();
      queue.connect();
      Worker.Held again = queue.work("n").next();
      assertThat(again.attempt()).isEqualTo(2);
      again.complete("done");
      assertThat(heard.result()).isEqualTo("done");
    }
  }

  @Test
  void queue_that_closes_first_does_not_hear_of_the_loss() {
    try (MemoryFaults faults = MemoryFaults.inject("faulty")) {
      QueueSide queue = open("faulty");
      Worker worker = queue.work("n");
      Heard closing = new Heard(queue) {
        @Override
        public void accepted(AcceptedTask task) {
          // between the drop and what the queue would hear of it
          Future<Void> unused = worker.consumer.close();
          unused = queue.session.close();
          super.accepted(task);
        }
      };
      queue.run(() -> {
        faults.dropSessions();
        queue.session.submit(task("other", "x").build(), closing);
      });
      closing.task();
      queue.run(() -> {});

      assertThat(worker.lost).isEmpty();
      assertThat(queue.lost).isEmpty();
    }
  }

  @Test
  void broker_is_left_in_peace_when_the_faults_are_closed() {
    QueueSide queue = open("faulty");
    Worker worker = queue.work("n", 2);
    MemoryFaults.inject("faulty").deliverTwice(9).close();
    queue.submit("n", "1");
    queue.submit("n", "2");

    assertThat(worker.next().payload()).isEqualTo("1");
    assertThat(worker.next().payload()).isEqualTo("2");
  }
}
