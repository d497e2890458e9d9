/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkConsumer;
import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.ConsumedJob;
import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Works on the jobs of two tubes, of which one counts more, and ends them in the three ways. */
public final class BeanstalkConsuming {

  private static final Tube ORDERS = Tube.of("orders");
  private static final Tube REPORTS = Tube.of("reports");
  private static final CountDownLatch DONE = new CountDownLatch(5);

  public static void main(String[] args) throws InterruptedException {
    String servers = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    try (BeanstalkProducer producer = BeanstalkProducer.open(servers)) {
      for (String order : List.of("apples", "pears", "nothing")) {
        producer.put(ORDERS, Buffer.buffer(order)).await();
      }
      producer.put(REPORTS, Buffer.buffer("the report")).await();
    }

    // region consumer
    ConsumerOptions tubes =
        ConsumerOptions.create().watch(3, ORDERS).watch(1, REPORTS).concurrency(1);
    try (BeanstalkConsumer consumer = BeanstalkConsumer.open(servers, tubes)) {
      consumer.handle(BeanstalkConsuming::work).await();
      DONE.await();
    } // lets the last one end, and then the servers know
    // endregion
    System.out.println("done");
  }

  // region handler
  private static void work(ConsumedJob job) {
    switch (job.text()) {
      case "nothing" -> job.bury(); // until it is kicked
      case "pears" -> {
        if (job.stats().await().releases() == 0) {
          job.release(Duration.ofSeconds(1)); // the next attempt
        }
      }
      default -> {
        // A job that ends with its handler is deleted; until then its lease is kept.
      }
    }
    DONE.countDown();
  }
  // endregion
}
