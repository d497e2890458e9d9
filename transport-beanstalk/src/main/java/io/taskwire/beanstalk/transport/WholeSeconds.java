/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Command;
import java.time.Duration;

/** The broker counts in whole seconds. */
final class WholeSeconds {

  private WholeSeconds() {}

  /** Rounded up, so that nothing comes early; at most what the broker takes, which is 136 years. */
  static long atLeast(Duration duration) {
    long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    return Math.max(0, Math.min(Command.MAX_SECONDS, seconds));
  }
}
