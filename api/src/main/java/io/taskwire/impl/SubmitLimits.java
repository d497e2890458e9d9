/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.SubmitOptions;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settings;
import java.time.Duration;

/**
 * The limits on the submitting side, looked up once.
 *
 * @param maxInFlight submits written and not yet accepted
 * @param maxPending submits waiting behind those
 * @param maxAwaiting results waited for
 * @param maxPayload bytes of a body
 * @param acceptTimeout of a submit
 * @param resultTimeout of a result, zero for none
 * @param callSites whether failures show where the task was submitted
 */
record SubmitLimits(
    int maxInFlight,
    int maxPending,
    int maxAwaiting,
    int maxPayload,
    Duration acceptTimeout,
    Duration resultTimeout,
    boolean callSites) {

  static SubmitLimits of(Settings settings) {
    return new SubmitLimits(
        settings.get(CoreOptions.MAX_IN_FLIGHT),
        settings.get(CoreOptions.MAX_PENDING),
        settings.get(CoreOptions.MAX_AWAITING),
        settings.get(CoreOptions.MAX_PAYLOAD),
        settings.get(CoreOptions.ACCEPT_TIMEOUT),
        settings.get(CoreOptions.RESULT_TIMEOUT),
        settings.get(CoreOptions.CALL_SITES));
  }

  /** How long the result of one task is waited for, zero for ever: its own limit, or the queue's. */
  Duration resultTimeout(SubmitOptions options) {
    Duration own = options.timeout();
    return own == null ? resultTimeout : own;
  }
}
