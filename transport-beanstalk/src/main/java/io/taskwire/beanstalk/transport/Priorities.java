/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Priority;

/** The broker's priority numbers. NORMAL is what most clients of beanstalkd put with; below it counts as urgent there. */
final class Priorities {

  static final long HIGH = 512;
  static final long NORMAL = 1024;
  static final long LOW = 2048;

  /** All replies are alike, so that they are taken in the order in which they came. */
  static final long REPLY = NORMAL;

  private Priorities() {}

  static long of(Priority priority) {
    return switch (priority) {
      case HIGH -> HIGH;
      case NORMAL -> NORMAL;
      case LOW -> LOW;
    };
  }
}
