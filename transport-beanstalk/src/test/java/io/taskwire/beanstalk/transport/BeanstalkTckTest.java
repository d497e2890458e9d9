/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Feature;
import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class BeanstalkTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return BeanstalkdBroker.create();
  }

  @Override
  public Optional<Broker> newPersistentBroker() {
    return Optional.of(BeanstalkdBroker.withBinlog());
  }

  @Override
  public List<String> optionsFor(Feature feature) {
    return feature == Feature.DURABLE_RESULTS ? List.of("clientId=restarting") : List.of();
  }

  @Override
  public int largestBody() {
    return BeanstalkdBroker.DEFAULT_MAX_JOB_SIZE;
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }

  @Override
  public Optional<String> shortLease() {
    return Optional.of("ttr=5s");
  }

  @Override
  public Duration lease() {
    return Duration.ofSeconds(5);
  }
}
