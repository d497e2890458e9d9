/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.MemoryBroker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnyBackendTest {

  static Stream<Named<Supplier<Broker>>> brokers() {
    return Stream.of(
        Named.of("memory", MemoryBroker::create),
        Named.of("gearmand", GearmandBroker::create),
        Named.of("beanstalkd", BeanstalkdBroker::create),
        Named.of("rabbitmq", RabbitmqBroker::create));
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void the_environment_alone_chooses_the_broker(Supplier<Broker> made) throws InterruptedException {
    try (Broker broker = made.get()) {
      broker.start();
      try (Program program = Program.java(AnyBackend.class, Map.of("TASKWIRE_URL", broker.url()))) {
        assertThat(program.end()).containsExactly("olleh");
        assertThat(program.exitCode()).isZero();
      }
    }
  }
}
