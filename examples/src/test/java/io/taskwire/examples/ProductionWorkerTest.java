/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductionWorkerTest {

  static Stream<Named<Supplier<Broker>>> brokers() {
    return Stream.of(
        Named.of("gearmand", GearmandBroker::create),
        Named.of("beanstalkd", BeanstalkdBroker::create));
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void a_terminated_worker_finishes_what_it_has_begun(Supplier<Broker> made)
      throws InterruptedException {
    try (Broker broker = made.get()) {
      broker.start();
      try (Program worker =
              Program.java(ProductionWorker.class, Map.of("TASKWIRE_URL", broker.url()));
          TaskQueue caller = TaskQueue.open(broker.url())) {
        assertThat(worker.line()).isEqualTo("ready");
        TaskHandle<String> task = caller.task(ProductionWorker.WORK, 500).await();
        assertThat(worker.line()).isEqualTo("working");

        worker.terminate();

        assertThat(task.result().await(30, TimeUnit.SECONDS)).isEqualTo("done after 500 ms");
        assertThat(worker.end()).isEmpty();
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError("the worker's result did not come", e);
      }
    }
  }
}
