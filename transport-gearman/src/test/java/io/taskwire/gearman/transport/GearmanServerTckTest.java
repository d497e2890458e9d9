/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.server.ServerProgram;
import io.taskwire.tck.TransportTck;
import io.taskwire.tck.broker.Broker;

/** All that {@link GearmanTckTest} proves with gearmand, with our own server. */
class GearmanServerTckTest extends TransportTck {

  @Override
  public Broker newBroker() {
    return ServerProgram.broker();
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return false;
  }
}
