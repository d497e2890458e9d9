/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/** Takes jobs one by one, and ends each in one of the three ways. */
public final class BeanstalkReserving {

  private static final Tube MAIL = Tube.of("mail");

  public static void main(String[] args) {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    try (BeanstalkClient client = BeanstalkClient.connect(server).await()) {
      for (String body : List.of("send", "send later", "send nowhere")) {
        client.put(MAIL, Buffer.buffer(body), PutOptions.DEFAULT).await();
      }
      work(client);

      // region stats
      var stats = client.statsTube(MAIL).map(StatsTubeReply::orThrow).await();
      System.out.println(stats.jobs().delayed() + " delayed, " + stats.jobs().buried() + " buried");
      System.out.println(stats.raw().get("cmd-delete") + " deleted"); // as the server writes it
      // endregion
    }
  }

  private static void work(BeanstalkClient client) {
    // region reserve
    client.watch(MAIL).await();
    client.ignore(Tube.DEFAULT).await();
    while (client.reserve(Duration.ofSeconds(1)).await() instanceof Reply.Reserved job) {
      String text = job.body().toString();
      if (text.equals("send later")) {
        client.release(job.id(), 1025, Duration.ofMinutes(1)).await();
      } else if (text.equals("send nowhere")) {
        client.bury(job.id(), 1024).await();
      } else {
        client.touch(job.id()).await(); // as often as it takes longer
        client.delete(job.id()).await();
      }
      System.out.println(text);
    }
    // endregion
  }
}
