/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Feature;
import io.taskwire.tck.DurableResultsContract;
import io.taskwire.tck.TransportUnderTest;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import java.util.List;

/** As long as the broker lives, results wait for their caller without a binlog too. */
class DurableResultsWithoutBinlogTest extends DurableResultsContract {

  @Override
  protected TransportUnderTest transport() {
    return new TransportUnderTest() {
      @Override
      public Broker newBroker() {
        return BeanstalkdBroker.create();
      }

      @Override
      public boolean resultsSurviveReconnect() {
        return true;
      }

      @Override
      public List<String> optionsFor(Feature feature) {
        return feature == Feature.DURABLE_RESULTS ? List.of("clientId=restarting") : List.of();
      }
    };
  }
}
