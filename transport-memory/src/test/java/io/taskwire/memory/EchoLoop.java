/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.EnvelopeMode;
import io.taskwire.Priority;
import io.taskwire.TaskException;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/** Answers at once and submits again at each result: the tightest loop that the SPI allows. All on the queue's loop. */
final class EchoLoop {

  private final QueueSide queue;
  private final Promise<Void> done = Promise.promise();
  private int toSubmit;
  private int toEnd;
  private int depth;

  EchoLoop(QueueSide queue, int concurrency) {
    this.queue = queue;
    queue.await(() -> queue.session.consume(
        new ConsumerSpec("n", Submission.RAW, concurrency, 5, EnvelopeMode.AUTO),
        new ConsumerListener() {
          @Override
          public void deliver(Delivery delivery) {
            enter();
            delivery.complete(delivery.payload(), Map.of());
            depth--;
          }

          @Override
          public void lost(Throwable cause) {
            done.tryFail(cause);
          }
        }));
  }

  /** Fails if it is called back from inside one of its own calls. */
  private void enter() {
    if (++depth != 1) {
      done.tryFail(new AssertionError("called back " + depth + " deep"));
    }
  }

  Future<Void> callInWindow(String taskName, int tasks, int window) {
    Buffer payload = Buffer.buffer("0123456789abcdef");
    Submission submission = new Submission(
        taskName,
        payload,
        Submission.RAW,
        true,
        Priority.NORMAL,
        Duration.ZERO,
        null,
        null,
        null,
        Map.of());
    queue.context.runOnContext(nothing -> {
      toSubmit = tasks;
      toEnd = tasks;
      for (int i = 0; i < Math.min(window, tasks); i++) {
        submit(submission);
      }
    });
    return done.future();
  }

  private void submit(Submission submission) {
    if (toSubmit == 0) {
      return;
    }
    toSubmit--;
    queue.session.submit(submission, new SubmitListener() {
      @Override
      public void accepted(AcceptedTask task) {}

      @Override
      public void rejected(TaskException cause) {
        done.tryFail(cause);
      }

      @Override
      public void progress(long unused, long total) {}

      @Override
      public void data(Buffer chunk) {}

      @Override
      public void completed(Buffer payload, Map<String, String> headers) {
        enter();
        if (--toEnd == 0) {
          done.tryComplete();
        } else {
          submit(submission);
        }
        depth--;
      }

      @Override
      public void failed(Failure failure) {
        done.tryFail(new AssertionError(failure.message()));
      }

      @Override
      public void lost(TaskException cause) {
        done.tryFail(cause);
      }
    });
  }
}
