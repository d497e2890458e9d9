/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.EnvelopeMode;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer takes.
 *
 * @param taskName the name of the tasks
 * @param format the name of the serializer of results whose headers name no other, {@link Submission#RAW} for bytes
 * @param concurrency how many deliveries may be unsettled at once; the transport asks the broker for no more
 * @param maxAttempts how often one task is delivered at most, where the broker counts; a task beyond it goes to the dead
 *     letters or is dropped, and is logged
 * @param envelope whether envelopes are looked for and written
 * @param shared what the consumers of this handler on several hosts share, so that the concurrency counts over all of
 *     them; null where there is one host, and so always without {@link io.taskwire.Feature#SEVERAL_HOSTS}
 */
public record ConsumerSpec(
    String taskName,
    String format,
    int concurrency,
    int maxAttempts,
    EnvelopeMode envelope,
    @Nullable SharedByHosts shared) {

  /**
   * What the only consumer of a handler takes.
   *
   * @param taskName the name of the tasks
   * @param format the name of the serializer of results, {@link Submission#RAW} for bytes
   * @param concurrency how many deliveries may be unsettled at once
   * @param maxAttempts how often one task is delivered at most, where the broker counts
   * @param envelope whether envelopes are looked for and written
   */
  public ConsumerSpec(
      String taskName, String format, int concurrency, int maxAttempts, EnvelopeMode envelope) {
    this(taskName, format, concurrency, maxAttempts, envelope, null);
  }
}
