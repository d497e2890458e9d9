/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Feature;
import io.taskwire.gearman.server.ServerProgram;
import io.taskwire.tck.broker.Broker;
import java.util.List;
import java.util.Optional;

/** All that {@link GearmanTckTest} proves with gearmand, with our own server, which has no store. */
class GearmanServerTckTest extends GearmanTckTest {

  @Override
  public Broker newBroker() {
    return ServerProgram.broker();
  }

  @Override
  public Optional<Broker> newPersistentBroker() {
    return Optional.empty();
  }

  @Override
  public List<String> optionsFor(Feature feature) {
    return feature == Feature.DURABLE_RESULTS
        ? List.of("clientId=restarting")
        : super.optionsFor(feature);
  }
}
