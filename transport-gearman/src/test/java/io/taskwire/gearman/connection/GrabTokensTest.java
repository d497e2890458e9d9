/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GrabTokensTest {

  @Test
  void a_new_worker_asks_for_one_job_and_sleeps_when_there_is_none() {
    GrabTokens tokens = new GrabTokens(new JobSlots(64));

    assertThat(tokens.takeGrabs()).isEqualTo(1);
    assertThat(tokens.takeSleep()).isFalse();
    tokens.none();
    tokens.endOfAnswers();
    assertThat(tokens.takeGrabs()).isZero();
    assertThat(tokens.takeSleep()).isTrue();
    assertThat(tokens.takeSleep()).isFalse();
  }

  @Test
  void many_calls_to_wake_up_ask_for_no_more_jobs_than_one() {
    GrabTokens tokens = asleep(64);
    int grabs = 0;
    for (int i = 0; i < 1000; i++) {
      tokens.woken();
      tokens.endOfAnswers();
      grabs += tokens.takeGrabs();
    }

    assertThat(grabs).isEqualTo(1);
  }

  @Test
  void as_long_as_jobs_come_the_grabs_double_with_each_round_up_to_the_free_slots() {
    GrabTokens tokens = new GrabTokens(new JobSlots(8));
    int[] rounds = new int[6];
    for (int round = 0; round < rounds.length; round++) {
      rounds[round] = tokens.takeGrabs();
      for (int i = 0; i < rounds[round]; i++) {
        tokens.assigned();
        tokens.settled();
      }
      tokens.endOfAnswers();
    }

    assertThat(rounds).containsExactly(1, 2, 4, 8, 8, 8);
  }

  @Test
  void a_worker_whose_slots_are_all_taken_neither_asks_nor_sleeps() {
    GrabTokens tokens = new GrabTokens(new JobSlots(1));
    tokens.takeGrabs();
    tokens.assigned();
    tokens.endOfAnswers();

    assertThat(tokens.takeGrabs()).isZero();
    assertThat(tokens.takeSleep()).isFalse();
    tokens.settled();
    assertThat(tokens.takeGrabs()).isEqualTo(1);
  }

  @Test
  void a_worker_that_is_stopped_asks_for_nothing_until_it_is_resumed() {
    GrabTokens tokens = new GrabTokens(new JobSlots(4));
    tokens.stop();
    assertThat(tokens.takeGrabs()).isZero();
    assertThat(tokens.takeSleep()).isFalse();
    tokens.resume();

    assertThat(tokens.takeGrabs()).isEqualTo(1);
  }

  /** A server with a changing backlog answers in rounds of random size; what must hold is checked at each step. */
  @Test
  void whatever_the_server_answers_grabs_never_exceed_free_slots_and_no_job_is_left_behind() {
    Random random = new Random(42);
    int concurrency = 16;
    GrabTokens tokens = new GrabTokens(new JobSlots(concurrency));
    int backlog = 0;
    int outstanding = 0;
    int running = 0;
    boolean asleep = false;
    for (int step = 0; step < 100_000; step++) {
      int arrived = random.nextInt(10) == 0 ? random.nextInt(40) : 0;
      backlog += step < 99_000 ? arrived : 0;
      if (asleep && backlog > 0) {
        asleep = false;
        tokens.woken();
      }
      for (int answers = random.nextInt(outstanding + 1); answers > 0; answers--) {
        outstanding--;
        if (backlog > 0) {
          backlog--;
          running++;
          tokens.assigned();
        } else {
          tokens.none();
        }
      }
      tokens.endOfAnswers();
      for (int done = random.nextInt(running + 1); done > 0; done--) {
        running--;
        tokens.settled();
      }
      outstanding += tokens.takeGrabs();
      if (tokens.takeSleep()) {
        assertThat(outstanding).isZero();
        asleep = true;
      }
      assertThat(outstanding + running).isLessThanOrEqualTo(concurrency);
      assertThat(outstanding).isEqualTo(tokens.outstanding());
    }

    assertThat(backlog).isZero();
    assertThat(running).isZero();
  }

  private static GrabTokens asleep(int concurrency) {
    GrabTokens tokens = new GrabTokens(new JobSlots(concurrency));
    tokens.takeGrabs();
    tokens.none();
    tokens.endOfAnswers();
    assertThat(tokens.takeSleep()).isTrue();
    return tokens;
  }
}
