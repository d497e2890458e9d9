/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BagTest {

  private static final class Thing extends Bag.Element {}

  private final Bag<Thing> bag = new Bag<>();

  @Test
  void an_element_is_in_the_bag_until_it_is_removed() {
    Thing thing = new Thing();

    bag.add(thing);

    assertThat(bag.copy()).containsExactly(thing);
    assertThat(bag.remove(thing)).isTrue();
    assertThat(bag.size()).isZero();
  }

  @Test
  void removing_what_is_in_no_bag_says_so_and_changes_nothing() {
    Thing inside = new Thing();
    bag.add(inside);

    assertThat(bag.remove(new Thing())).isFalse();
    assertThat(bag.copy()).containsExactly(inside);
  }

  @Test
  void an_element_that_was_removed_can_be_added_again() {
    Thing thing = new Thing();
    bag.add(thing);
    bag.remove(thing);

    bag.add(thing);

    assertThat(bag.copy()).containsExactly(thing);
  }

  @Test
  void all_may_be_removed_while_going_through_a_copy() {
    for (int i = 0; i < 10; i++) {
      bag.add(new Thing());
    }

    bag.copy().forEach(bag::remove);

    assertThat(bag.size()).isZero();
  }

  @Test
  void it_holds_what_a_set_would_hold_after_many_random_changes() {
    Random random = new Random(42);
    List<Thing> things = java.util.stream.Stream.generate(Thing::new).limit(50).toList();
    Set<Thing> expected = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      Thing thing = things.get(random.nextInt(things.size()));
      if (expected.add(thing)) {
        bag.add(thing);
      } else {
        expected.remove(thing);
        bag.remove(thing);
      }
      assertThat(bag.copy()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
