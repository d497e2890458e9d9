/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.interop;

import io.taskwire.tck.broker.GearmandBroker;
import org.junit.jupiter.api.BeforeEach;

class GearmandInteropTest extends InteropContract {

  private final GearmandBroker broker = GearmandBroker.create();

  @BeforeEach
  void start() {
    broker.start();
  }

  @Override
  void stopServer() {
    broker.close();
  }

  @Override
  int port() {
    return broker.port();
  }
}
