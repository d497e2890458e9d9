/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.DrainedTube;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** Looks after a beanstalkd: what there is, a job put aside and brought back, a pause, and an end with all of it. */
public final class BeanstalkAdminTour {

  private static final Tube MAIL = Tube.of("mail");

  public static void main(String[] args) {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    try (BeanstalkProducer producer = BeanstalkProducer.open(server);
        BeanstalkAdmin admin = BeanstalkAdmin.open(server)) {
      PlacedJob first = producer.put(MAIL, Buffer.buffer("to Ann")).await();
      producer.put(MAIL, Buffer.buffer("to Bob")).await();
      admin.bury(first.id()).await();

      // region admin
      System.out.println("draining: " + admin.stats().await().draining());
      for (TubeStats tube : admin.tubes().await()) {
        System.out.println(tube.tube() + ": " + tube.jobs().ready() + " ready, "
            + tube.jobs().buried() + " buried");
      }
      admin.peekBuried(MAIL).await().ifPresent(job -> System.out.println(job.body()));
      System.out.println(admin.kick(MAIL, 100).await() + " kicked");
      admin.pause(MAIL, Duration.ofMinutes(10)).await();
      DrainedTube drained = admin.drain(MAIL, 1000).await();
      System.out.println(drained.total() + " deleted");
      // endregion
    }
  }
}
