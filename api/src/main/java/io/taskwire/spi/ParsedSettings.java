/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Values read once from text, over the defaults of the options known. */
final class ParsedSettings implements Settings {

  private final Set<Option<?>> known;
  private final Map<Option<?>, Object> values = new LinkedHashMap<>();

  ParsedSettings(
      Collection<? extends Option<?>> transportOptions, Map<? extends Option<?>, String> texts) {
    known = new HashSet<>(CoreOptions.all());
    known.addAll(transportOptions);
    texts.forEach((option, text) -> {
      requireKnown(option);
      values.put(option, option.parse(text));
    });
  }

  @Override
  public <T> T get(Option<T> option) {
    Object value = values.get(option);
    if (value != null) {
      return option.cast(value);
    }
    requireKnown(option);
    return option.defaultValue();
  }

  @Override
  public boolean isSet(Option<?> option) {
    requireKnown(option);
    return values.containsKey(option);
  }

  private void requireKnown(Option<?> option) {
    if (!known.contains(option)) {
      throw new IllegalArgumentException(
          "neither a core option nor one of the transport in use: " + option.key());
    }
  }

  /** Shows what is set, stars for secrets. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    values.forEach((option, value) -> text.add(option.key() + "=" + show(option, value)));
    return text.toString();
  }

  private static <T> String show(Option<T> option, Object value) {
    return option.show(option.cast(value));
  }
}
