/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.Backoff;
import io.taskwire.InvalidOptionException;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settings;
import java.time.Duration;

/** Checks what options must be to each other. */
final class Relations {

  private Relations() {}

  static void check(Settings settings) {
    Duration first = settings.get(CoreOptions.RETRY);
    Duration longest = settings.get(CoreOptions.RETRY_MAX);
    if (settings.get(CoreOptions.RETRY_BACKOFF) == Backoff.EXPONENTIAL
        && first.compareTo(longest) > 0) {
      throw new InvalidOptionException(
          CoreOptions.RETRY_MAX.key(),
          "With retryBackoff=exponential, retryMax must not be less than retry: retryMax is "
              + CoreOptions.RETRY_MAX.show(longest) + ", retry is " + CoreOptions.RETRY.show(first)
              + ".",
          null);
    }
  }
}
