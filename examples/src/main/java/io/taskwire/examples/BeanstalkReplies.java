/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.DeleteReply;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What a server answers is a value, and an exception only where one is asked for; what it cannot answer is one. */
public final class BeanstalkReplies {

  public static void main(String[] args) {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    BeanstalkClient client = BeanstalkClient.connect(server).await();

    put(client, Buffer.buffer("small"));
    put(client, Buffer.buffer(new byte[100_000]));

    // region or-throw
    try {
      client.delete(4711).map(DeleteReply::orThrow).await();
    } catch (BeanstalkReplyException e) {
      System.out.println(e.reply());
    }
    // endregion

    // region closed
    client.reserve().await(); // the small one
    Future<ReserveReply> next = client.reserve();
    client.close();
    try {
      next.await();
    } catch (BeanstalkClosedException e) {
      System.out.println("no answer came"); // e.isSent() tells whether the server may have seen it
    }
    // endregion
  }

  // region values
  private static void put(BeanstalkClient client, Buffer body) {
    PutReply reply = client.put(body, PutOptions.DEFAULT).await();
    if (reply instanceof Reply.Inserted inserted) {
      System.out.println("queued with id " + inserted.id());
    } else if (reply instanceof Reply.Draining) {
      System.out.println("take another server");
    } else {
      System.out.println("not queued: " + reply);
    }
  }
  // endregion
}
