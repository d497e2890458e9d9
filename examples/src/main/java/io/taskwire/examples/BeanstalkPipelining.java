/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Many commands under way at once, and what a reserve that waits does to the others. */
public final class BeanstalkPipelining {

  public static void main(String[] args) {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    pipeline(server);
    wait(server);
  }

  private static void pipeline(String server) {
    // region pipelining
    try (BeanstalkClient client = BeanstalkClient.connect(server).await()) {
      List<Future<Reply.Inserted>> puts = new ArrayList<>();
      for (int i = 1; i <= 1000; i++) {
        Buffer body = Buffer.buffer("page " + i);
        puts.add(client.put(Tube.of("pages"), body, PutOptions.DEFAULT).map(PutReply::orThrow));
      }
      Future.all(puts).await();
      System.out.println("the last one is job " + puts.get(999).await().id());
    }
    // endregion
  }

  private static void wait(String server) {
    // region busy
    BeanstalkOptions alone = BeanstalkOptions.of(server);
    try (BeanstalkClient client = BeanstalkClient.connect(alone).await()) {
      Future<ReserveReply> job = client.reserve();
      try {
        client.put(Buffer.buffer("first"), PutOptions.DEFAULT).await();
      } catch (BeanstalkBusyException e) {
        System.out.println("nothing else goes over a connection that waits: " + job.isComplete());
      }
    }

    BeanstalkOptions withOneMore = alone.toBuilder().waitingConnections(1).build();
    try (BeanstalkClient client = BeanstalkClient.connect(withOneMore).await()) {
      Future<ReserveReply> job = client.reserve(); // over a connection of its own
      client.put(Buffer.buffer("second"), PutOptions.DEFAULT).await();
      System.out.println(ReserveReply.orThrow(job.await()).body());
    }
    // endregion
  }
}
