/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * Elements in no order that know their own place, so that adding and removing take one step and allocate nothing: what is
 * open, for instance. A hash set would have to make up an identity hash for each, which is dear.
 *
 * @param <T> the elements; each is in at most one bag
 */
public final class Bag<T extends Bag.Element> {

  /** What a bag can hold. */
  public abstract static class Element {

    int place = -1;

    /** Makes an element that is in no bag. */
    protected Element() {}
  }

  private final List<T> elements = new ArrayList<>();

  /** Makes an empty bag. */
  public Bag() {}

  /**
   * Puts an element in.
   *
   * @param element one that is in no bag
   */
  public void add(T element) {
    element.place = elements.size();
    elements.add(element);
  }

  /**
   * Takes an element out.
   *
   * @param element one that is in this bag or in none
   * @return whether it was in it
   */
  public boolean remove(T element) {
    int place = element.place;
    if (place < 0) {
      return false;
    }
    element.place = -1;
    T last = elements.remove(elements.size() - 1);
    if (last != element) {
      elements.set(place, last);
      last.place = place;
    }
    return true;
  }

  /**
   * Gives an element. Going from the last index down to 0, the element just got may be removed.
   *
   * @param index from 0 to {@link #size()}, exclusive
   * @return the element that is there now
   */
  public T get(int index) {
    return elements.get(index);
  }

  /**
   * Gives all elements, so that going through them any of them may be removed.
   *
   * @return a list of its own
   */
  public List<T> copy() {
    return new ArrayList<>(elements);
  }

  /**
   * Counts the elements.
   *
   * @return how many there are
   */
  public int size() {
    return elements.size();
  }
}
