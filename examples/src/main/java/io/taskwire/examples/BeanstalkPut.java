/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** Puts one job, as in the README of aio-beanstalk. */
public final class BeanstalkPut {

  public static void main(String[] args) {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    // region put
    try (BeanstalkClient client = BeanstalkClient.connect(server).await()) {
      client.use(Tube.of("mytesttube")).await();
      PutOptions options = new PutOptions(
          100, // priority
          Duration.ZERO, // delay
          Duration.ofSeconds(10)); // time to run
      PutReply reply = client.put(Buffer.buffer("task body"), options).await();
      System.out.println("Job queued with id " + PutReply.orThrow(reply).id());
    }
    // endregion
  }
}
