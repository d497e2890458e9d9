/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.Feature;
import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.util.List;
import java.util.Optional;

class RabbitmqTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return RabbitmqBroker.create();
  }

  @Override
  public Optional<Broker> newPersistentBroker() {
    return Optional.of(RabbitmqBroker.create());
  }

  @Override
  public List<String> optionsFor(Feature feature) {
    return switch (feature) {
      case DURABLE_RESULTS -> List.of("clientId=restarting");
      case PRIORITY -> List.of("maxPriority=10");
      case DEAD_LETTER -> List.of("deadLetterQueue=true");
      default -> List.of();
    };
  }

  @Override
  public Optional<String> deadLetterTask(String taskName) {
    return Optional.of(taskName + ".dead");
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }
}
