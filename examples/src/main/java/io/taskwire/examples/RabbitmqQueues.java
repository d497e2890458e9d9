/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.HandlerOptions;
import io.taskwire.Priority;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What RabbitMQ's queues can do beyond those of aioqueue: each is an option, and so are queues declared. */
public final class RabbitmqQueues {

  static final TaskType<String, String> PAY = TaskType.of("pay", String.class, String.class);
  static final TaskType<String, String> PRINT = TaskType.of("print", String.class, String.class);
  static final TaskType<String, String> NEWS = TaskType.of("news", String.class, String.class);

  public static void main(String[] args) throws InterruptedException {
    String broker = args.length == 0 ? "amqp://localhost" : args[0];
    quorum(broker);
    priorities(broker);
    expiring(broker);
  }

  /** A queue that is replicated, and sets aside what is rejected, or was delivered more than three times in vain. */
  private static void quorum(String broker) throws InterruptedException {
    // region quorum
    String options = "?queueType=quorum&deliveryLimit=3&deadLetterQueue=true";
    try (TaskQueue queue = TaskQueue.open(broker + options)) {
      queue.on(PAY, card -> {
        throw TaskReject.deadLetter("no such card: " + card);
      });
      queue.start().await();
      queue.call(PAY, "4711").await();
    } catch (RemoteTaskException e) {
      System.out.println(e.remoteMessage()); // and the task is in the queue "pay.dead"
    }
    // endregion
    printOne(broker, "pay.dead");
  }

  /** A queue that somebody else has declared is taken as it is. */
  private static void printOne(String broker, String name) throws InterruptedException {
    // region passive
    CountDownLatch done = new CountDownLatch(1);
    try (TaskQueue queue = TaskQueue.open(broker + "?declare=passive")) {
      queue.on(name, String.class, text -> {
        System.out.println(name + " has " + text);
        done.countDown();
        return null;
      });
      queue.start().await();
      done.await();
    }
    // endregion
  }

  private static void priorities(String broker) {
    // region priorities
    try (TaskQueue queue = TaskQueue.open(broker + "?maxPriority=10")) {
      List<Future<String>> results = new ArrayList<>();
      for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
        SubmitOptions options = SubmitOptions.create().priority(priority);
        results.add(queue.task(PRINT, priority.name(), options).await().result());
      }
      queue.on(PRINT, HandlerOptions.create().concurrency(1), text -> {
        System.out.println("printing " + text);
        return text;
      });
      queue.start().await();
      Future.all(results).await();
    }
    // endregion
  }

  private static void expiring(String broker) throws InterruptedException {
    // region expiring
    try (TaskQueue queue = TaskQueue.open(broker + "?messageTtl=100ms&deadLetterQueue=true")) {
      queue.send(NEWS, "of yesterday").await(); // nobody takes it in time
    }
    // endregion
    printOne(broker, "news.dead");
  }
}
