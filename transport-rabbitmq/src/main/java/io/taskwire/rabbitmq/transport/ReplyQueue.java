/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import java.time.Duration;
import java.util.Map;

/**
 * The queue that a caller's replies come by. It outlives connections: an exclusive one would die with its socket, and the
 * replies in it.
 *
 * @param name its name
 * @param expiry how long after its last consumer it is deleted
 * @param isDurable whether a restart of the caller's process finds it again by its name
 */
record ReplyQueue(String name, Duration expiry, boolean isDurable) {

  /** How long a caller may be out of reach. */
  private static final Duration SAFE_ABSENCE = Duration.ofMinutes(10);

  /** Results of earlier lives may come in any number, and are held until somebody asks for them. */
  private static final int MOST_UNACKNOWLEDGED_HELD = 20_000;

  private static final int MOST_UNACKNOWLEDGED = 4096;

  static ReplyQueue of(String name) {
    return new ReplyQueue(name, SAFE_ABSENCE, false);
  }

  static ReplyQueue ofClient(String name, Duration kept) {
    return new ReplyQueue(name, kept, true);
  }

  QueueDeclaration declaration() {
    return QueueDeclaration.durable(Map.of("x-expires", expiry.toMillis()));
  }

  int prefetch() {
    return isDurable ? MOST_UNACKNOWLEDGED_HELD : MOST_UNACKNOWLEDGED;
  }
}
