/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;

class GearmanTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return GearmandBroker.create();
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return false;
  }
}
