/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.MemoryBroker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Guards what a task allocates, which, unlike its time, is the same on a busy machine. */
class AllocationBudgetTest {

  private static final String FILE = "/allocation-budget.properties";
  private static final double TOLERANCE = 0.1;

  private final Properties budget = new Properties();

  AllocationBudgetTest() throws IOException {
    try (InputStream file = AllocationBudgetTest.class.getResourceAsStream(FILE)) {
      budget.load(file);
    }
  }

  @Test
  void a_task_on_memory_allocates_no_more_than_its_budget() {
    measure("memory", MemoryBroker.create());
  }

  @Test
  void a_task_on_gearman_allocates_no_more_than_its_budget() {
    measure("gearman", GearmandBroker.create());
  }

  @Test
  void a_task_on_beanstalkd_allocates_no_more_than_its_budget() {
    measure("beanstalkd", BeanstalkdBroker.create());
  }

  @Test
  void a_task_on_rabbitmq_allocates_no_more_than_its_budget() {
    measure("rabbitmq", RabbitmqBroker.create());
  }

  private void measure(String name, Broker broker) {
    try (broker) {
      broker.start();
      AllocatedBytes.perTask(broker).forEach((side, bytes) -> check(name + "." + side, bytes));
    }
  }

  private void check(String key, double bytes) {
    double most = Double.parseDouble(budget.getProperty(key));
    System.out.printf("%s: %.0f bytes a task, budget %.0f%n", key, bytes, most);
    assertThat(bytes).as("""
            %s: bytes that a task allocates, against src/test/resources%s.
            docs/BENCHMARKS.md tells how to find what is new. If it is worth it, write the new figure into that file, \
            and say why in the commit.""", key, FILE).isBetween(1.0, most * (1 + TOLERANCE));
  }
}
