/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.Support;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TransportContext;
import java.time.Duration;

/**
 * What a session needs of the queue's settings.
 *
 * @param envelope when submitted bodies are enveloped
 * @param maxPayload the longest payload without its envelope, in bytes
 * @param clientId who awaits results across restarts, empty if nobody does
 * @param resultsKept how long a result is held that nobody has attached to
 * @param store whether the server stores background jobs, as the user says
 * @param deadLetter whether failed tasks are set aside
 * @param failures how a failure is told
 * @param maxConnections how many connections take tasks at most
 * @param acceptTimeout how long an answer of the server is waited for
 */
record GearmanSettings(
    EnvelopeMode envelope,
    int maxPayload,
    String clientId,
    Duration resultsKept,
    boolean store,
    boolean deadLetter,
    FailureStyle failures,
    int maxConnections,
    Duration acceptTimeout) {

  static GearmanSettings of(TransportContext context) {
    Settings settings = context.settings();
    return new GearmanSettings(
        context.envelope(),
        context.maxPayload(),
        settings.get(CoreOptions.CLIENT_ID),
        settings.get(CoreOptions.RESULTS_KEPT),
        settings.get(GearmanTransportProvider.STORE),
        settings.get(GearmanTransportProvider.DEAD_LETTER),
        settings.get(GearmanTransportProvider.FAILURES),
        settings.get(GearmanTransportProvider.MAX_CONNECTIONS),
        settings.get(CoreOptions.ACCEPT_TIMEOUT));
  }

  /** Whether results wait for their caller. */
  boolean isDurable() {
    return !clientId.isEmpty();
  }

  /** What can be had with these settings. */
  Capabilities capabilities() {
    Capabilities all = GearmanTransportProvider.CAPABILITIES;
    if (!isDurable()) {
      all = all.with(Feature.DURABLE_RESULTS, Support.NONE);
    }
    if (!store) {
      all = all.with(Feature.PERSISTENCE, Support.NONE);
    }
    if (!deadLetter) {
      all = all.with(Feature.DEAD_LETTER, Support.NONE);
    }
    return envelope == EnvelopeMode.NEVER
        ? all.with(Feature.HEADERS, Support.NONE).with(Feature.DEADLINE, Support.NONE)
        : all;
  }
}
