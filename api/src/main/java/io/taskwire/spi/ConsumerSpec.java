/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.EnvelopeMode;

/**
 * What a consumer takes.
 *
 * @param taskName the name of the tasks
 * @param concurrency how many deliveries may be unsettled at once; the transport asks the broker for no more
 * @param maxAttempts how often one task is delivered at most, where the broker counts; a task beyond it goes to the dead
 *     letters or is dropped, and is logged
 * @param envelope whether envelopes are looked for and written
 */
public record ConsumerSpec(
    String taskName, int concurrency, int maxAttempts, EnvelopeMode envelope) {}
