/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.tck.PayloadContract;
import io.taskwire.tck.TransportUnderTest;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;

/** Large payloads on a beanstalkd that was told to take them. */
class BeanstalkLargeJobsTckTest extends PayloadContract implements TransportUnderTest {

  private static final int JOB_SIZE = 40 << 20;

  @Override
  protected TransportUnderTest transport() {
    return this;
  }

  @Override
  public Broker newBroker() {
    return BeanstalkdBroker.withMaxJobSize(JOB_SIZE);
  }

  @Override
  public int largestBody() {
    return JOB_SIZE;
  }

  @Override
  public boolean resultsSurviveReconnect() {
    return true;
  }
}
