/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.EnvelopeMode;
import io.taskwire.HandlerOptions;
import io.taskwire.OnFailure;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settings;
import java.time.Duration;

/**
 * How one handler is run, after its own options and the queue's.
 *
 * @param concurrency how many tasks at once
 * @param timeLimit of one task, zero for none
 * @param maxAttempts of one task
 * @param onFailure what becomes of failed tasks for which nobody waits
 * @param envelope whether envelopes are looked for and written
 * @param maxPayload bytes of a result
 */
record HandlerSettings(
    int concurrency,
    Duration timeLimit,
    int maxAttempts,
    OnFailure onFailure,
    EnvelopeMode envelope,
    int maxPayload) {

  /** The transport's limit counts where nobody has said one. */
  static HandlerSettings of(
      HandlerOptions own, boolean blocking, Settings queue, Duration transportLimit) {
    Duration standardLimit = queue.isSet(CoreOptions.HANDLER_TIMEOUT)
        ? queue.get(CoreOptions.HANDLER_TIMEOUT)
        : transportLimit;
    Duration limit = own.timeLimit();
    OnFailure policy = own.onFailure();
    EnvelopeMode mode = own.envelope();
    int standard = queue.get(blocking ? CoreOptions.CONCURRENCY : CoreOptions.ASYNC_CONCURRENCY);
    return new HandlerSettings(
        own.concurrency() == 0 ? standard : own.concurrency(),
        limit == null ? standardLimit : limit,
        own.maxAttempts() == 0 ? queue.get(CoreOptions.MAX_ATTEMPTS) : own.maxAttempts(),
        policy == null ? queue.get(CoreOptions.ON_FAILURE) : policy,
        mode == null ? queue.get(CoreOptions.ENVELOPE) : mode,
        queue.get(CoreOptions.MAX_PAYLOAD));
  }
}
