/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.HashMap;
import java.util.Map;

/**
 * What a C program printed: a line a step, as in {@code gearman roof drain window=4096 n=20000 rate=12345/s}. Latencies, if it
 * takes them, come before the rate, in nanoseconds: {@code p50=1000 p99=2000 p999=3000}.
 */
final class YardstickOutput {

  private final Map<String, Measurement> steps = new HashMap<>();

  private YardstickOutput() {}

  static YardstickOutput parse(String text) {
    YardstickOutput output = new YardstickOutput();
    text.lines().forEach(line -> {
      String[] words = line.split(" ", -1);
      Map<String, String> values = new HashMap<>();
      for (String word : words) {
        int at = word.indexOf('=');
        if (at > 0) {
          values.put(word.substring(0, at), word.substring(at + 1));
        }
      }
      output.steps.put(words[2], measurement(values));
    });
    return output;
  }

  private static Measurement measurement(Map<String, String> values) {
    long count = number(values, "n");
    double rate = Double.parseDouble(values.getOrDefault("rate", "").replace("/s", ""));
    return new Measurement(
        count,
        Math.round(count * 1e9 / rate),
        number(values, "p50"),
        number(values, "p99"),
        number(values, "p999"));
  }

  private static long number(Map<String, String> values, String key) {
    return Long.parseLong(values.getOrDefault(key, "0"));
  }

  Measurement measurement(String step) {
    Measurement found = steps.get(step);
    if (found == null) {
      throw new IllegalStateException("nothing about " + step + " among " + steps);
    }
    return found;
  }
}
