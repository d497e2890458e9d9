/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Command;
import java.time.Duration;

/** The server counts in whole seconds. */
public final class Seconds {

  private Seconds() {}

  /** Rounded up, so that nothing comes early. */
  public static long of(Duration duration) {
    return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
  }

  /** Rounded up, and at most what the server takes, which is 136 years. */
  public static long within(Duration duration) {
    return Math.max(0, Math.min(Command.MAX_SECONDS, of(duration)));
  }

  public static int timeout(Duration duration) {
    long seconds = of(duration);
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a timeout is 0 to " + Integer.MAX_VALUE + " s, not " + duration);
    }
    return (int) seconds;
  }
}
