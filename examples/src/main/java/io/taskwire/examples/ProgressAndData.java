/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CountDownLatch;

/** Progress and parts of the result on their way while the handler runs. */
public final class ProgressAndData {

  static final TaskType<Integer, String> REPORT =
      TaskType.of("report", Integer.class, String.class);

  public static void main(String[] args) {
    CountDownLatch listening = new CountDownLatch(1);
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(REPORT, (pages, context) -> {
        listening.await(); // only so that this program prints the same each time
        for (int page = 1; page <= pages; page++) {
          context.data(Buffer.buffer("page " + page)).await(); // waits while the caller is slow
          context.progress(page, pages).await();
        }
        return pages + " pages";
      });
      queue.start().await();

      TaskHandle<String> report = queue.task(REPORT, 2).await();
      report.onData(chunk -> System.out.println("got " + chunk));
      report.onProgress(p -> System.out.println(p.done() + " of " + p.total()));
      listening.countDown();
      System.out.println(report.result().await());
    }
  }
}
