/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.tck.ConnectContract;
import io.taskwire.tck.PayloadContract;
import io.taskwire.tck.RestartContract;
import io.taskwire.tck.ResultsContract;
import io.taskwire.tck.TransportUnderTest;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.TlsBroker;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import org.junit.jupiter.api.Nested;

/** What encryption could change of what the kit asks for. */
class GearmanTlsTckTest implements TransportUnderTest {

  @Override
  public Broker newBroker() {
    return new TlsBroker(GearmandBroker.create(), "gearmans", TlsEnd.of(TestCertificates.SERVER));
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return false;
  }

  @Nested
  class Connect extends ConnectContract {
    @Override
    protected TransportUnderTest transport() {
      return GearmanTlsTckTest.this;
    }
  }

  @Nested
  class Results extends ResultsContract {
    @Override
    protected TransportUnderTest transport() {
      return GearmanTlsTckTest.this;
    }
  }

  @Nested
  class Payload extends PayloadContract {
    @Override
    protected TransportUnderTest transport() {
      return GearmanTlsTckTest.this;
    }
  }

  @Nested
  class Restart extends RestartContract {
    @Override
    protected TransportUnderTest transport() {
      return GearmanTlsTckTest.this;
    }
  }
}
