/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskStatus.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest extends MemoryTestBase {

  @Test
  void rejected_task_is_set_aside_and_its_caller_gets_the_failure() {
    QueueSide queue = open("dead");
    Heard heard = queue.submit(task("n", "poison").headers(Map.of("x-a", "b")));

    queue.work("n").next().deadLetter(FAILURE);

    assertThat(heard.failure()).isEqualTo(FAILURE);
    assertThat(heard.status().state()).isEqualTo(State.DEAD);
    assertThat(DeadLetters.of("dead")).singleElement().satisfies(letter -> {
      assertThat(letter.taskName()).isEqualTo("n");
      assertThat(letter.id()).isEqualTo(heard.id());
      assertThat(letter.payload()).hasToString("poison");
      assertThat(letter.headers()).containsExactly(Map.entry("x-a", "b"));
      assertThat(letter.attempts()).isEqualTo(1);
      assertThat(letter.failure()).isEqualTo(FAILURE);
    });
  }

  @Test
  void oldest_dead_letter_is_dropped_when_there_are_too_many() {
    QueueSide queue = open("full", Map.of(MemoryTransportProvider.MAX_DEAD_LETTERS, "2"));
    Worker worker = queue.work("n");
    Heard first = queue.submit("n", "1");
    worker.next().deadLetter(FAILURE);
    for (int i = 2; i <= 3; i++) {
      queue.submit(task("n", "" + i).noResult());
      worker.next().deadLetter(FAILURE);
    }

    assertThat(DeadLetters.of("full"))
        .extracting(letter -> letter.payload().toString())
        .containsExactly("2", "3");
    assertThat(first.status().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void dead_letter_cannot_be_cancelled() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "poison");
    queue.work("n").next().deadLetter(FAILURE);

    assertThat(heard.cancel()).isFalse();
    assertThat(heard.status().state()).isEqualTo(State.DEAD);
  }

  @Test
  void broker_that_is_not_open_has_none() {
    assertThat(DeadLetters.of("nobody")).isEmpty();
  }
}
