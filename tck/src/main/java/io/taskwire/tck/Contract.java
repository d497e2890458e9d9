/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwire.Feature;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.FreePort;
import io.taskwire.tck.proxy.TcpProxy;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One topic of what every transport must do. A broker for all of its tests, a fresh {@link TestBed} for each of them,
 * after which nothing may be left.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Contract {

  @RegisterExtension
  final AfterTestExecutionCallback storyOnFailure = new StoryOnFailure();

  private @Nullable Broker broker;
  private @Nullable TestBed bed;

  /** For the topics. */
  protected Contract() {}

  /**
   * Says what is tested.
   *
   * @return the transport
   */
  protected abstract TransportUnderTest transport();

  /**
   * Makes the broker of this topic's tests.
   *
   * @return a new one that is not running
   */
  protected Broker makeBroker() {
    return transport().newBroker();
  }

  @BeforeAll
  final void startBroker() {
    Broker made = makeBroker();
    broker = made;
    made.start();
  }

  @AfterAll
  final void closeBroker() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  @BeforeEach
  final void makeBed() {
    // A test may have left it down.
    if (!broker().isRunning()) {
      broker().start();
    }
    bed = new TestBed(broker());
  }

  @AfterEach
  final void closeBed() {
    TestBed closing = bed();
    bed = null;
    if (broker().isProcess()) {
      broker().thaw();
    }
    try {
      closing.close();
    } catch (AssertionError leftovers) {
      throw new AssertionError(leftovers.getMessage() + "\n" + closing.story(), leftovers);
    }
  }

  /**
   * Gives the bed of the running test.
   *
   * @return the bed
   */
  protected final TestBed bed() {
    return Objects.requireNonNull(bed, "there is a bed only while a test runs");
  }

  /**
   * Gives the broker of this topic's tests.
   *
   * @return the broker, running at the begin of each test
   */
  protected final Broker broker() {
    return Objects.requireNonNull(broker, "there is a broker only while tests run");
  }

  /**
   * Gives the address of the broker by way of a proxy.
   *
   * @param proxy the proxy
   * @return a URI without options
   */
  protected final String through(TcpProxy proxy) {
    return broker().urlThrough(proxy.port());
  }

  /**
   * Gives an address of the same kind that refuses connections, as the broker's does while it is down. A broker that was
   * killed for it would have to start again for the next test, which takes RabbitMQ seconds.
   *
   * @param port one that is {@linkplain FreePort free}
   * @return a URI without options
   */
  protected final String nobodyAt(int port) {
    return broker().urlThrough(port);
  }

  /**
   * Gives the options that a queue needs to have a feature.
   *
   * @param feature the feature
   * @return written as in a URI
   */
  protected final String[] asking(Feature feature) {
    return transport().optionsFor(feature).toArray(String[]::new);
  }

  /** Skips the test on a transport whose broker is no process that can be connected to, killed and frozen. */
  protected final void assumeProcess() {
    assumeTrue(broker().isProcess(), "skipped: the broker of this transport is no process");
  }

  /**
   * Skips the test on a transport without a feature.
   *
   * @param queue a queue of the transport
   * @param feature the feature
   */
  protected final void assumeFeature(TaskQueue queue, Feature feature) {
    assumeTrue(
        queue.capabilities().has(feature), "skipped: the transport has no " + feature.label());
  }
}
