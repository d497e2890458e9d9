/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.rabbitmq.codec.Content;
import io.taskwire.rabbitmq.codec.TaskRequest;
import io.taskwire.rabbitmq.connection.PublishListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;

/** Sends what one handler tells ahead of its result. One that awaits each report goes no faster than the broker. */
final class Reports {

  private static final int MOST_UNANSWERED = 64;

  private final Publisher publisher;
  private final TaskRequest request;
  private final String taskName;
  private int unanswered;

  Reports(Publisher publisher, TaskRequest request, String taskName) {
    this.publisher = publisher;
    this.request = request;
    this.taskName = taskName;
  }

  /** Completes when the next may be sent. */
  Future<Void> send(Content report) {
    if (unanswered >= MOST_UNANSWERED) {
      return Future.failedFuture(new IllegalStateException(unanswered + " reports of task "
          + request.id() + " are unanswered: await the future of each"));
    }
    if (publisher.isTooLarge(report.body().length)) {
      return refusal(
          Reason.TOO_LARGE,
          "a report has " + report.body().length + " bytes, RabbitMQ takes messages of "
              + publisher.largestBody());
    }
    unanswered++;
    Promise<Void> sent = Promise.promise();
    publisher.reply(Objects.requireNonNull(request.replyTo()), report, new PublishListener() {
      @Override
      public void confirmed() {
        sent.complete();
      }

      /** Not mandatory, it is not returned; if nobody reads it any more, that is no reason to stop. */
      @Override
      public void returned(int code, String text) {
        sent.complete();
      }

      @Override
      public void refused() {
        refusal(Reason.BROKER_FULL, "RabbitMQ refused a report").onComplete(sent);
      }

      @Override
      public void lost(Throwable cause, boolean wasSent) {
        publisher.wasTooLarge(cause, report.body().length);
        sent.fail(cause);
      }
    });
    return sent.future().onComplete(done -> unanswered--);
  }

  private Future<Void> refusal(Reason reason, String text) {
    return Future.failedFuture(new TaskRejectedException(reason, text, taskName, null));
  }
}
