/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TransportProvider;

/**
 * What a queue is configured with, every source asked and every value checked.
 *
 * @param provider of the transport that the URI's scheme names
 * @param uri the broker's address
 * @param settings core options and those of the transport
 */
public record ResolvedConfiguration(TransportProvider provider, BrokerUri uri, Settings settings) {}
