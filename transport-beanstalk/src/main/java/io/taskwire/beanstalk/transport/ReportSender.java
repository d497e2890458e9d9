/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/**
 * Sends what one handler tells ahead of its result. A handler that awaits each report goes no faster than the broker, and
 * from time to time is held until its caller has read most of what waits for it. One that awaits none is stopped at a limit.
 */
final class ReportSender {

  private static final int MOST_UNANSWERED = 64;

  /** After so many reports it is looked how many the caller has not read. */
  static final int LOOK_EVERY = 64;

  /** How many jobs may wait for the caller. */
  static final int MOST_UNREAD = 1000;

  private static final long LOOK_AGAIN_MILLIS = 100;

  /** How often it is looked again before the caller counts as gone: half a minute. */
  private static final int MOST_LOOKS = 300;

  private final TubeConsumer consumer;
  private final ReservedJob job;
  private final Tube tube;
  private final String id;

  private int unanswered;
  private int sent;

  ReportSender(TubeConsumer consumer, ReservedJob job, Tube tube, String id) {
    this.consumer = consumer;
    this.job = job;
    this.tube = tube;
    this.id = id;
  }

  /** Completes when the next may be sent. */
  Future<Void> send(Buffer report) {
    if (unanswered >= MOST_UNANSWERED) {
      return Future.failedFuture(new IllegalStateException(
          unanswered + " reports of task " + id + " are unanswered: await the future of each"));
    }
    unanswered++;
    sent++;
    boolean look = sent % LOOK_EVERY == 0;
    return consumer
        .replies()
        .send(job.puts(), tube, report, true)
        .compose(answer -> answered(answer, report.length()))
        .compose(taken -> look ? untilRead(MOST_LOOKS) : Future.succeededFuture())
        .onComplete(done -> unanswered--);
  }

  private Future<Void> answered(Reply answer, int length) {
    if (answer instanceof Reply.Inserted) {
      return Future.succeededFuture();
    }
    if (answer instanceof Reply.InsertedBuried buried) {
      Future<Reply> unused = job.send(new Command.Delete(buried.id()));
    }
    return answer instanceof Reply.JobTooBig
        ? refused(
            Reason.TOO_LARGE,
            "a report has " + length + " bytes with its envelope, more than the broker accepts")
        : refused(Reason.BROKER_FULL, "the broker refused a report: " + answer);
  }

  private Future<Void> refused(Reason reason, String text) {
    return Future.failedFuture(new TaskRejectedException(reason, text, consumer.taskName(), null));
  }

  private Future<Void> untilRead(int looks) {
    return job.send(new Command.StatsTube(tube)).compose(reply -> {
      if (!(reply instanceof Reply.Ok ok)
          || TubeStats.of(ok.body()).jobs().ready() <= MOST_UNREAD) {
        return Future.succeededFuture();
      }
      Throwable lost = job.lost();
      if (lost != null) {
        return Future.failedFuture(lost);
      }
      if (looks == 0) {
        return refused(
            Reason.BROKER_FULL,
            "more than " + MOST_UNREAD + " reports and results wait in " + tube
                + ", and their caller does not read them");
      }
      Promise<Void> later = Promise.promise();
      consumer.vertx().setTimer(LOOK_AGAIN_MILLIS, t -> untilRead(looks - 1).onComplete(later));
      return later.future();
    });
  }
}
