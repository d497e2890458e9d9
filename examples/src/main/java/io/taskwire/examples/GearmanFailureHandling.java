/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskFailure;
import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobFailedException;
import io.taskwire.gearman.JobFailureForm;
import io.taskwire.gearman.JobThrewException;
import io.taskwire.gearman.WorkerHook;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The ways in which a job fails, what its worker hears of it and what its caller. */
public final class GearmanFailureHandling {

  public static void main(String[] args) {
    FailureLog failures = new FailureLog();
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(
            GearmanOptions.of(server.uri()), WorkerOptions.create().hook(failures));
        GearmanClient client = GearmanClient.open(server.uri())) {
      // region worker
      worker
          .register("throws", job -> {
            throw new IllegalArgumentException("no such order");
          })
          .await();
      // endregion
      worker
          .register("chosen", job -> {
            throw new TaskFailure("limit-exceeded", "the card allows less");
          })
          .await();
      worker
          .register("silent", FunctionOptions.create().failuresAs(JobFailureForm.FAIL), job -> {
            throw new IllegalStateException("nobody is told");
          })
          .await();
      worker
          .register("slow", FunctionOptions.create().timeLimit(Duration.ofMillis(100)), job -> {
            Thread.sleep(60_000); // is interrupted
            return null;
          })
          .await();

      // region caller
      for (String function : new String[] {"throws", "chosen", "silent", "slow"}) {
        try {
          client.submit(function, "").result().await();
        } catch (JobThrewException e) {
          System.out.println(function + " threw " + e.data());
        } catch (JobFailedException e) {
          System.out.println(function + " failed");
        }
      }
      // endregion
    }
    failures.lines().forEach(System.out::println);
  }

  /** Hears of each failure where it happens, on the handlers' threads. */
  private record FailureLog(Queue<String> lines) implements WorkerHook {

    FailureLog() {
      this(new ConcurrentLinkedQueue<>());
    }

    @Override
    public void failed(WorkerJob job, Throwable cause) {
      lines.add("the worker saw " + job.function() + ": " + cause.getMessage());
    }
  }
}
