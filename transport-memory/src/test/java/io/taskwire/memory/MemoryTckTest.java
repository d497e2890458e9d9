/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.MemoryBroker;

class MemoryTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return MemoryBroker.create();
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }
}
