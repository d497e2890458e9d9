/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AcknowledgementsTest {

  private final Acknowledgements acknowledgements = new Acknowledgements();
  private long last;

  private List<String> written() {
    List<String> frames = new ArrayList<>();
    acknowledgements.write((tag, multiple) -> frames.add(multiple ? "up to " + tag : "" + tag));
    return frames;
  }

  private void delivered(long upTo) {
    for (; last < upTo; last++) {
      acknowledgements.delivered(last + 1);
    }
  }

  private void add(long... tags) {
    for (long tag : tags) {
      acknowledgements.add(tag);
    }
  }

  @Test
  void without_a_gap_one_frame_is_enough() {
    delivered(5);
    add(2, 1, 3);
    assertThat(written()).containsExactly("up to 3");
    add(4);
    assertThat(written()).containsExactly("4");
    assertThat(written()).isEmpty();
  }

  @Test
  void behind_a_gap_each_has_its_frame() {
    delivered(7);
    add(1, 2, 4, 6);
    assertThat(written()).containsExactly("up to 2", "4", "6");
    add(5);
    assertThat(written()).containsExactly("5");
    add(3, 7);
    assertThat(written()).containsExactly("up to 7");
  }

  @Test
  void broker_is_never_told_of_a_tag_that_was_settled_before() {
    delivered(5);
    add(2);
    assertThat(written()).containsExactly("2");
    add(1);
    assertThat(written()).containsExactly("1");
    acknowledgements.settled(4);
    add(3);
    assertThat(written()).containsExactly("3");
    add(5);
    assertThat(written()).containsExactly("5");
  }

  @Test
  void many_are_remembered_in_any_order() {
    delivered(1_500);
    for (long tag = 1000; tag > 1; tag--) {
      acknowledgements.add(tag);
    }
    assertThat(written()).hasSize(999).startsWith("2", "3").endsWith("1000");
    for (long tag = 1002; tag < 1500; tag++) {
      acknowledgements.add(tag);
    }
    add(1, 1001);
    assertThat(written()).containsExactly("up to 1499");
  }

  @Test
  @Timeout(30)
  void others_cost_no_more_while_one_is_held_for_long() {
    for (long tag = 2; tag < 2_000_000; tag++) {
      delivered(tag);
      add(tag);
      assertThat(written()).hasSize(1);
    }
    add(1);
    assertThat(written()).containsExactly("1");
  }
}
