/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Feature;
import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import java.util.List;
import java.util.Optional;

class GearmanTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return GearmandBroker.create();
  }

  @Override
  public Optional<Broker> newPersistentBroker() {
    return Optional.of(GearmandBroker.withStore());
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return false;
  }

  @Override
  public List<String> optionsFor(Feature feature) {
    return switch (feature) {
      case DELAY -> List.of("heartbeat=500ms");
      case DEAD_LETTER -> List.of("deadLetter=true");
      case PERSISTENCE -> List.of("store=true");
      case DURABLE_RESULTS -> List.of("store=true", "clientId=restarting");
      default -> List.of();
    };
  }

  @Override
  public Optional<String> deadLetterTask(String taskName) {
    return Optional.of(taskName + ".dead");
  }
}
