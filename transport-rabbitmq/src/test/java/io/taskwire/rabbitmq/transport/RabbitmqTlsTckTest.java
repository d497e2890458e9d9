/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.tck.CloseContract;
import io.taskwire.tck.ConnectContract;
import io.taskwire.tck.LoadContract;
import io.taskwire.tck.PayloadContract;
import io.taskwire.tck.RestartContract;
import io.taskwire.tck.ResultsContract;
import io.taskwire.tck.StallContract;
import io.taskwire.tck.TransportUnderTest;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.RabbitmqBroker;
import org.junit.jupiter.api.Nested;

/**
 * What encryption could change of what the kit asks for: the bytes on their way, and how connections begin and end. What
 * tasks and results mean is decided above that.
 */
class RabbitmqTlsTckTest implements TransportUnderTest {

  @Override
  public Broker newBroker() {
    return RabbitmqBroker.withTls();
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }

  @Nested
  class Connect extends ConnectContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Results extends ResultsContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Payload extends PayloadContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Load extends LoadContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Restart extends RestartContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Stall extends StallContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }

  @Nested
  class Close extends CloseContract {
    @Override
    protected TransportUnderTest transport() {
      return RabbitmqTlsTckTest.this;
    }
  }
}
