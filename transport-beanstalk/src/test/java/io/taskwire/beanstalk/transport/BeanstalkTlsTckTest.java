/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.tck.ConnectContract;
import io.taskwire.tck.PayloadContract;
import io.taskwire.tck.RestartContract;
import io.taskwire.tck.ResultsContract;
import io.taskwire.tck.TransportUnderTest;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.TlsBroker;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import org.junit.jupiter.api.Nested;

/** What encryption could change of what the kit asks for. */
class BeanstalkTlsTckTest implements TransportUnderTest {

  @Override
  public Broker newBroker() {
    return new TlsBroker(
        BeanstalkdBroker.create(), "beanstalks", TlsEnd.of(TestCertificates.SERVER));
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }

  @Override
  public int largestBody() {
    return BeanstalkdBroker.DEFAULT_MAX_JOB_SIZE;
  }

  @Nested
  class Connect extends ConnectContract {
    @Override
    protected TransportUnderTest transport() {
      return BeanstalkTlsTckTest.this;
    }
  }

  @Nested
  class Results extends ResultsContract {
    @Override
    protected TransportUnderTest transport() {
      return BeanstalkTlsTckTest.this;
    }
  }

  @Nested
  class Payload extends PayloadContract {
    @Override
    protected TransportUnderTest transport() {
      return BeanstalkTlsTckTest.this;
    }
  }

  @Nested
  class Restart extends RestartContract {
    @Override
    protected TransportUnderTest transport() {
      return BeanstalkTlsTckTest.this;
    }
  }
}
