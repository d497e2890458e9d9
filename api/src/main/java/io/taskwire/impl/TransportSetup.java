/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.Settings;
import io.taskwire.spi.SharedByHosts;
import io.taskwire.spi.Tls;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** What a transport is made with. */
record TransportSetup(
    Vertx vertx,
    Context context,
    BrokerUri uri,
    Settings settings,
    @Nullable Tls tls,
    String instanceId,
    @Nullable SharedByHosts shared)
    implements TransportContext {}
