/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.StatsText;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/** Reads the values of statistics. What a server does not say, or says in another way, is 0, empty or false. */
record StatValues(Map<String, String> all) {

  static StatValues of(Buffer body) {
    return new StatValues(StatsText.map(body));
  }

  String text(String key) {
    return all.getOrDefault(key, "");
  }

  long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  Duration seconds(String key) {
    return Duration.ofSeconds(number(key));
  }

  /** Seconds with a fraction, as in 0.002410. */
  Duration time(String key) {
    try {
      return Duration.ofNanos(Math.round(Double.parseDouble(text(key)) * 1e9));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
