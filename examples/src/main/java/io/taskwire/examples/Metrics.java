/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.QueueListener;
import io.taskwire.QueueOptions;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskException;
import io.taskwire.TaskQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener that counts, as one for a metrics library would. */
public final class Metrics implements QueueListener {

  // Listeners are called on the queue's event loop; these are read elsewhere.
  final AtomicInteger submitted = new AtomicInteger();
  final AtomicInteger completed = new AtomicInteger();
  final AtomicInteger failed = new AtomicInteger();
  final AtomicInteger handled = new AtomicInteger();

  @Override
  public void submitted(String taskName) {
    submitted.incrementAndGet();
  }

  @Override
  public void completed(String taskName, String taskId) {
    completed.incrementAndGet();
  }

  @Override
  public void failed(String taskName, @Nullable String taskId, TaskException cause) {
    failed.incrementAndGet();
  }

  @Override
  public void finished(String taskName, String taskId) {
    handled.incrementAndGet();
  }

  public static void main(String[] args) {
    Metrics metrics = new Metrics();
    QueueOptions options =
        QueueOptions.builder().uri("memory:").listener(metrics).build();
    try (TaskQueue queue = TaskQueue.open(options)) {
      queue.on("invert", Integer.class, n -> 100 / n);
      queue.start().await();
      for (int n : new int[] {1, 2, 0}) {
        try {
          System.out.println(queue.call("invert", n).await());
        } catch (RemoteTaskException e) {
          System.out.println(e.remoteMessage());
        }
      }
    } // closed: everything was counted
    System.out.println(metrics.submitted + " submitted, " + metrics.completed + " completed, "
        + metrics.failed + " failed; " + metrics.handled + " handled");
  }
}
