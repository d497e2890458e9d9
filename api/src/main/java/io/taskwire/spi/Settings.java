/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.Collection;
import java.util.Map;

/** The values of all options after every source has been asked. Immutable. */
public interface Settings {

  /**
   * Makes settings of texts, as tests of a transport do.
   *
   * @param transportOptions the options known besides {@link CoreOptions}
   * @param texts what is set, as written in a URI; the rest has its default
   * @return the settings
   * @throws IllegalArgumentException if an option is not known, or can't have its value
   */
  static Settings of(
      Collection<? extends Option<?>> transportOptions, Map<? extends Option<?>, String> texts) {
    return new ParsedSettings(transportOptions, texts);
  }

  /**
   * Gives the value of an option. {@link CoreOptions#URL} is given without its password and query: see {@link
   * TransportContext#uri()}.
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
