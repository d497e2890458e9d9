/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import java.util.concurrent.CountDownLatch;

/** Tasks whose result nobody wants: done, for the caller, as soon as the broker has them. */
public final class NoResponse {

  static final TaskType<String, Void> MAIL = TaskType.of("mail", String.class, Void.class);

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(2);
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(MAIL, address -> {
        sent.countDown();
        return null;
      });
      queue.start().await();

      String id = queue.send(MAIL, "ann@example.org").await(); // just the id
      System.out.println("accepted, it has an id: " + !id.isEmpty());

      TaskHandle<Void> handle =
          queue.task(MAIL, "bob@example.org", SubmitOptions.noResponse()).await();
      System.out.println("its result is done at once: " + handle.result().isComplete());

      sent.await();
      System.out.println("both were handled");
    }
  }
}
