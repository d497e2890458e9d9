/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

/** The values of all options after every source has been asked. Immutable. */
public interface Settings {

  /**
   * Gives the value of an option.
   *
   * @param option one of {@link CoreOptions}, or of the provider in use
   * @param <T> its type
   * @return the value from the nearest source that has it, or the default
   * @throws IllegalArgumentException if the option is neither a core option nor one of the provider in use
   */
  <T> T get(Option<T> option);

  /**
   * Tells whether any source has the option.
   *
   * @param option the option
   * @return false if {@link #get} gives the default
   */
  boolean isSet(Option<?> option);
}
