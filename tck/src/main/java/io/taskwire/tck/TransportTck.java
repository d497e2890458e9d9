/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import org.junit.jupiter.api.Nested;

/**
 * Everything a transport must do. Its test is one small class that extends this one and says which broker to use; single
 * topics can be extended alike, to run them against another broker.
 */
public abstract class TransportTck implements TransportUnderTest {

  /** For the transports. */
  protected TransportTck() {}

  @Nested
  class Handlers extends HandlersContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Async extends AsyncContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Threads extends ThreadsContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Results extends ResultsContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Failures extends FailuresContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Raw extends RawContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Payload extends PayloadContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Headers extends HeadersContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Capabilities extends CapabilitiesContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Refusal extends RefusalContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Connect extends ConnectContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Restart extends RestartContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Hosts extends HostsContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Persistence extends PersistenceContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class DurableResults extends DurableResultsContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Delivery extends DeliveryContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Load extends LoadContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Limits extends LimitsContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Stall extends StallContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }

  @Nested
  class Close extends CloseContract {
    @Override
    protected TransportUnderTest transport() {
      return TransportTck.this;
    }
  }
}
