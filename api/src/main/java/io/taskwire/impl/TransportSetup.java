/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What a transport is made with. */
record TransportSetup(
    Vertx vertx, Context context, BrokerUri uri, Settings settings, String instanceId)
    implements TransportContext {}
