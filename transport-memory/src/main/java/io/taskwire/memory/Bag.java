/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Elements in no order that know their own place, so that adding and removing take one step and allocate nothing.
 *
 * @param <T> the elements; each is in at most one bag
 */
final class Bag<T extends Bag.Element> {

  /** What a bag can hold. */
  abstract static class Element {

    int place = -1;
  }

  private final List<T> elements = new ArrayList<>();

  void add(T element) {
    element.place = elements.size();
    elements.add(element);
  }

  void remove(T element) {
    int place = element.place;
    if (place < 0) {
      return;
    }
    element.place = -1;
    T last = elements.remove(elements.size() - 1);
    if (last != element) {
      elements.set(place, last);
      last.place = place;
    }
  }

  /** Going from the last index down to 0, the element just got may be removed. */
  T get(int index) {
    return elements.get(index);
  }

  int size() {
    return elements.size();
  }
}
