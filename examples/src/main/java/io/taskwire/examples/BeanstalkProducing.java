/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.JsonTask;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.PutOutcomeUnknownException;
import io.taskwire.beanstalk.PutReport;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Puts jobs over the servers that are up: a call for a worker on aio-beanstalk, and many at once. */
public final class BeanstalkProducing {

  private static final Tube BILLING = Tube.of("billing");

  public static void main(String[] args) {
    String servers = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    // region call
    try (BeanstalkProducer producer = BeanstalkProducer.open(servers)) { // beanstalk://h1:11300,h2
      JsonTask task = JsonTask.of("charge", 1300).with("customer", "Ann");
      try {
        PlacedJob job = producer.put(BILLING, task).await();
        System.out.println(task + " is job " + job.id()); // job is beanstalk://h1:11300/1
      } catch (PutOutcomeUnknownException e) {
        System.out.println(task + " may be at " + e.server() + ", or nowhere");
      }
    }
    // endregion

    try (BeanstalkProducer producer = BeanstalkProducer.open(servers)) {
      // region batch
      List<Buffer> bodies =
          List.of(Buffer.buffer("one"), Buffer.buffer(new byte[100_000]), Buffer.buffer("three"));
      PutReport report = producer.putAll(BILLING, bodies, PutOptions.DEFAULT).await();
      System.out.println(report.placed().size() + " placed, " + report.refused() + " refused, "
          + report.unknown() + " unknown");
      // endregion
    }
  }
}
