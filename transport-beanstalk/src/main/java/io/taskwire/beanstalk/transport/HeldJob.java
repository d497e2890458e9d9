/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reserved job. The order of settling is: the reply is put, the broker answers that it has it, only then the job is
 * deleted; so a crash in between runs the task again, and never loses its result.
 */
final class HeldJob implements Delivery {

  private static final Logger log = LoggerFactory.getLogger(HeldJob.class);

  /** How long a job is kept back after the broker refused its reply. */
  private static final int REPLY_REFUSED_DELAY_SECONDS = 5;

  private final TubeConsumer consumer;
  private final ReservedJob job;
  private final Envelope body;

  private @Nullable ReportSender reports;
  private boolean settling;

  HeldJob(TubeConsumer consumer, ReservedJob job, Envelope body) {
    this.consumer = consumer;
    this.job = job;
    this.body = body;
  }

  @Override
  public String id() {
    String id = body.headers().get(Headers.ID);
    return id == null ? Long.toString(job.id()) : id;
  }

  @Override
  public Buffer payload() {
    return body.payload();
  }

  @Override
  public Map<String, String> headers() {
    return body.headers();
  }

  /** Known where the job's numbers were asked for before it was delivered. */
  @Override
  public OptionalInt attempt() {
    JobStats stats = job.knownStats();
    return stats == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, stats.reserves()));
  }

  @Override
  public ReplyExpected replyExpected() {
    return body.headers().containsKey(Headers.REPLY_TO) ? ReplyExpected.YES : ReplyExpected.NO;
  }

  @Override
  public Future<Settled> complete(Buffer result, Map<String, String> headers) {
    return settle(() -> reply(headers, result, this::delete));
  }

  @Override
  public Future<Settled> fail(Failure failure) {
    return settle(() -> reply(failure.toHeaders(), Buffer.buffer(), this::delete));
  }

  @Override
  public Future<Settled> retry(Duration delay) {
    return settle(() -> withStats(now -> {
      if (now.reserves() < consumer.maxAttempts()) {
        return job.end(new Command.Release(job.id(), now.priority(), Seconds.within(delay)));
      }
      String text = "asked for another attempt after delivery " + now.reserves() + " of "
          + consumer.maxAttempts();
      log.error("task {} ({}) {}: set aside", consumer.taskName(), id(), text);
      return setAside(new Failure(FailureCode.REJECTED, "", text, null), now);
    }));
  }

  @Override
  public Future<Settled> deadLetter(Failure failure) {
    return settle(() -> withStats(now -> setAside(failure, now)));
  }

  @Override
  public Future<Settled> giveBack() {
    return settle(() -> job.release(0));
  }

  @Override
  public Future<Void> progress(long done, long total) {
    return report(Report.progress(done, total), Buffer.buffer());
  }

  @Override
  public Future<Void> data(Buffer chunk) {
    return report(Report.data(), chunk);
  }

  private Future<Void> report(Map<String, String> headers, Buffer payload) {
    if (settling) {
      return Future.failedFuture(new IllegalStateException("task " + id() + " is settled already"));
    }
    Throwable lost = job.lost();
    if (lost != null) {
      return Future.failedFuture(lost);
    }
    Tube tube = replyTube();
    if (tube == null || !ReplyTube.takesMany(body)) {
      return Future.succeededFuture();
    }
    if (reports == null) {
      reports = new ReportSender(consumer, job, tube, id());
    }
    return reports.send(replyBody(headers, payload));
  }

  @Override
  public void onLeaseLost(Handler<Throwable> handler) {
    job.onLost(handler);
  }

  @Override
  public void onCancel(Handler<Void> handler) {
    // A running task cannot be cancelled here, and the capabilities say so.
  }

  /** Goes on with what the broker knows of the job, asked once. */
  Future<Settled> withStats(Function<JobStats, Future<Settled>> next) {
    JobStats known = job.knownStats();
    if (known != null) {
      return next.apply(known);
    }
    return job.stats().transform((stats, cause) -> {
      if (stats != null) {
        return next.apply(stats);
      }
      return job.lost() == null ? connectionLost() : settledAsLost();
    });
  }

  private Future<Settled> settle(Supplier<Future<Settled>> how) {
    if (settling) {
      throw new IllegalStateException("task " + id() + " is settled already");
    }
    settling = true;
    job.onLost(null);
    return job.lost() == null ? how.get() : settledAsLost();
  }

  private Future<Settled> settledAsLost() {
    job.free();
    return Future.succeededFuture(job.lostAs());
  }

  private Future<Settled> delete() {
    return job.end(new Command.Delete(job.id()));
  }

  private Future<Settled> setAside(Failure failure, JobStats now) {
    return reply(
        failure.toHeaders(),
        Buffer.buffer(),
        () -> job.end(new Command.Bury(job.id(), now.priority())));
  }

  /** Puts the reply, if one is wanted and of use, and goes on when the broker has it. */
  private Future<Settled> reply(
      Map<String, String> headers, Buffer payload, Supplier<Future<Settled>> next) {
    Tube tube = replyTube();
    if (tube == null) {
      return next.get();
    }
    Buffer reply = replyBody(headers, payload);
    return send(tube, reply).transform((answer, cause) -> {
      if (cause != null) {
        return connectionLost();
      }
      if (answer instanceof Reply.Inserted) {
        return next.get();
      }
      if (answer instanceof Reply.JobTooBig) {
        return tooLarge(tube, reply.length(), next);
      }
      return replyRefused(answer, tube, reply, next);
    });
  }

  private Future<Reply> send(Tube tube, Buffer reply) {
    return consumer.replies().send(job.puts(), tube, reply, ReplyTube.takesMany(body));
  }

  private Buffer replyBody(Map<String, String> headers, Buffer payload) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(Headers.ID, id());
    return Envelope.encode(all, payload);
  }

  private Future<Settled> tooLarge(Tube tube, int length, Supplier<Future<Settled>> next) {
    String text =
        "the result takes " + length + " bytes with its envelope, more than the broker accepts";
    log.error("task {} ({}): {}", consumer.taskName(), id(), text);
    Failure failure = new Failure(FailureCode.TOO_LARGE, "", text, null);
    Buffer instead = replyBody(failure.toHeaders(), Buffer.buffer());
    return send(tube, instead).transform((answer, cause) -> {
      if (cause != null) {
        return connectionLost();
      }
      // A broker that takes not even this would get it again for ever.
      return answer instanceof Reply.Inserted || answer instanceof Reply.JobTooBig
          ? next.get()
          : replyRefused(answer, tube, instead, next);
    });
  }

  /** The broker takes no new jobs now. If no other does where the caller watches, the task stays: deleted, its caller would wait in vain. */
  private Future<Settled> replyRefused(
      Reply answer, Tube tube, Buffer reply, Supplier<Future<Settled>> next) {
    if (answer instanceof Reply.InsertedBuried buried) {
      Future<Reply> unused = job.send(new Command.Delete(buried.id()));
    }
    return consumer.replyElsewhere(tube, reply).compose(taken -> {
      if (taken) {
        return next.get();
      }
      log.warn(
          "task {} ({}): the broker refused its reply ({}), the task will run again",
          consumer.taskName(),
          id(),
          answer);
      return job.release(REPLY_REFUSED_DELAY_SECONDS).map(Settled.CONNECTION_LOST);
    });
  }

  private Future<Settled> connectionLost() {
    job.free();
    return Future.succeededFuture(Settled.CONNECTION_LOST);
  }

  /** Where the reply goes; null if nobody waits for one. */
  private @Nullable Tube replyTube() {
    String name = body.headers().get(Headers.REPLY_TO);
    if (name == null || nobodyWaitsAnyMore()) {
      return null;
    }
    try {
      return Tube.of(name);
    } catch (IllegalArgumentException e) {
      log.warn("task {} ({}) names no valid tube for its reply", consumer.taskName(), id());
      return null;
    }
  }

  /** The time since the reserve, or what the broker said of its age, is the least that has passed since the submit. */
  private boolean nobodyWaitsAnyMore() {
    long limit = MillisHeader.of(body.headers(), Headers.TIMEOUT);
    if (limit < 0) {
      return false;
    }
    JobStats stats = job.knownStats();
    long age = stats == null ? 0 : stats.age().toMillis();
    return Math.max(age, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - job.reservedAt()))
        > limit;
  }
}
