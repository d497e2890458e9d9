/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.taskwire.tck.broker.RabbitmqBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that share a broker, each with an event loop of its own. */
abstract class OnBroker {

  static RabbitmqBroker broker;

  OnLoop loop;

  @BeforeAll
  static void start_broker() {
    broker = RabbitmqBroker.create();
    broker.start();
  }

  @AfterAll
  static void stop_broker() {
    broker.close();
  }

  @BeforeEach
  final void begin_loop() {
    loop = new OnLoop();
  }

  @AfterEach
  final void end_loop() {
    loop.close();
  }
}
