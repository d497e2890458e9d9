/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.BeanstalkdBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A test that starts a broker of the kind it wants, and leaves nothing behind there. */
abstract class OneBrokerTest {

  private @Nullable TestBed made;

  final TestBed on(BeanstalkdBroker broker) {
    broker.start();
    TestBed bed = new TestBed(broker);
    made = bed;
    return bed;
  }

  @AfterEach
  final void nothingIsLeft() {
    TestBed bed = made;
    if (bed != null) {
      try {
        bed.close();
      } finally {
        bed.broker().close();
      }
    }
  }
}
