/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkConsumer;
import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.ConsumedJob;
import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.JsonTask;
import io.taskwire.beanstalk.JsonTaskHandlers;
import io.taskwire.beanstalk.codec.Tube;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Works on the tasks of callers on aio-beanstalk, and retries and buries them as its workers do. */
public final class BeanstalkJsonWorker {

  private static final Tube MAIL = Tube.of("mail");
  private static final CountDownLatch DONE = new CountDownLatch(3);

  public static void main(String[] args) throws InterruptedException {
    String servers = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    try (BeanstalkProducer producer = BeanstalkProducer.open(servers)) {
      producer.put(MAIL, JsonTask.of("greet", "Ann").with("language", "de")).await();
      producer.put(MAIL, JsonTask.of("fail")).await();
    }

    // region worker
    JsonTaskHandlers tasks = JsonTaskHandlers.create()
        .on("greet", BeanstalkJsonWorker::greet)
        .on("fail", BeanstalkJsonWorker::fail)
        .retry(1, Duration.ofSeconds(1));
    ConsumerOptions options = ConsumerOptions.of(MAIL).concurrency(1);
    try (BeanstalkConsumer consumer = BeanstalkConsumer.open(servers, options)) {
      consumer.handle(tasks).await();
      DONE.await();
    }
    // endregion
  }

  // region tasks
  private static void greet(JsonTask task, ConsumedJob job) {
    System.out.println("greets " + task.args().get(0) + " in " + task.kwargs().get("language"));
    DONE.countDown();
  }

  private static void fail(JsonTask task, ConsumedJob job) {
    System.out.println("fails");
    DONE.countDown();
    throw new ArithmeticException("this one always does");
  }
  // endregion
}
