/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One place that options are written in. Has no toString, because values may be secret. */
final class Source {

  private final String name;
  private final Spelling spelling;
  private final Map<String, String> values;

  private Source(String name, Spelling spelling, Map<String, String> values) {
    this.name = name;
    this.spelling = spelling;
    this.values = values;
  }

  /** Values in the order in which they are written. */
  static Source ordered(String name, Spelling spelling, Map<String, String> values) {
    return new Source(name, spelling, new LinkedHashMap<>(values));
  }

  /** Values that come in no order, sorted so that of several errors it is always the same one that is reported. */
  static Source sorted(String name, Spelling spelling, Map<String, String> values) {
    return new Source(name, spelling, new TreeMap<>(values));
  }

  /** As error messages name it. */
  String name() {
    return name;
  }

  Spelling spelling() {
    return spelling;
  }

  Map<String, String> values() {
    return values;
  }
}
