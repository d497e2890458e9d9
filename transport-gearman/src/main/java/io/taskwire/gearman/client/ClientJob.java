/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.Progress;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.JobStatus;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job from its submit to its end, over all attempts. */
final class ClientJob implements GearmanJob {

  private static final Logger LOG = LoggerFactory.getLogger(ClientJob.class);

  private final JobRequest request;
  private final Submissions submissions;
  private final EventLoop loop;
  private final Promise<GearmanJob> accepted;
  private final Promise<Buffer> result;
  private final JobStream data;
  private final JobStream warnings;

  // Written by the loop, read by any thread.
  private volatile JobState shown = JobState.PENDING;
  private volatile String handle = "";
  private volatile String unique = "";
  private volatile String server = "";
  private volatile int attempts;
  private volatile @Nullable Progress progress;
  private volatile @Nullable GearmanException cause;

  /** Where it is, whether or not somebody has waited in vain. */
  private JobState state = JobState.PENDING;

  private @Nullable SubmitPacket packet;
  private @Nullable JobAttempt attempt;
  private @Nullable Handler<Progress> progressHandler;
  private final List<JobWatcher> watchers = new ArrayList<>(1);
  private int retriesLeft;
  private int sends;
  private boolean counted;

  ClientJob(JobRequest request, Submissions submissions, EventLoop loop, int streamBuffer) {
    this.request = request;
    this.submissions = submissions;
    this.loop = loop;
    this.accepted = loop.promise();
    this.result = loop.promise();
    this.data = new JobStream(loop, streamBuffer);
    this.warnings = new JobStream(loop, streamBuffer);
    this.retriesLeft = request.maxRetries();
  }

  // What the loop does.

  /** Makes it ready to be sent. */
  void prepare(SubmitPacket checked) {
    packet = checked;
  }

  SubmitPacket packet() {
    SubmitPacket checked = packet;
    if (checked == null) {
      throw new IllegalStateException("only a job that passed the checks is sent");
    }
    return checked;
  }

  @Nullable
  JobAttempt attempt() {
    return attempt;
  }

  JobStream dataStream() {
    return data;
  }

  JobStream warningStream() {
    return warnings;
  }

  boolean belongsTo(Submissions others) {
    return submissions == others;
  }

  /** Whether it counts among the jobs waited for. */
  boolean isCounted() {
    return counted;
  }

  void setCounted(boolean waitedFor) {
    counted = waitedFor;
  }

  boolean hasEnded() {
    return state.isEnd();
  }

  boolean isAccepted() {
    return state != JobState.PENDING;
  }

  /** Whether nothing more will be heard of it. */
  boolean isDone() {
    return state.isEnd() || (request.isBackground() && isAccepted());
  }

  void send(GearmanConnection connection) {
    unique = request.isUniqueGenerated() ? UUID.randomUUID().toString() : request.unique();
    server = connection.broker();
    sends++;
    attempts = sends;
    JobAttempt fresh = new JobAttempt(this, connection, submissions);
    attempt = fresh;
    connection.send(packet().with(unique), fresh);
  }

  void created() {
    JobAttempt current = attempt;
    handle = current == null ? "" : current.handle();
    move(JobState.CREATED);
    submissions.accepted(this);
    accepted.tryComplete(this);
    if (request.isBackground()) {
      data.end();
      warnings.end();
      result.tryComplete(Buffer.buffer());
    }
    tellWatchers();
  }

  void running() {
    if (state == JobState.CREATED) {
      move(JobState.RUNNING);
    }
  }

  void reported(Progress latest) {
    running();
    progress = latest;
    Handler<Progress> handler = progressHandler;
    if (handler != null) {
      tell(handler, latest);
    }
  }

  /** What the server said when it was asked. */
  void said(JobStatus status) {
    if (status.running() && !isDone()) {
      Progress latest = status.progress();
      if (latest == null) {
        running();
      } else {
        reported(latest);
      }
    }
  }

  private static void tell(Handler<Progress> handler, Progress latest) {
    try {
      handler.handle(latest);
    } catch (RuntimeException e) {
      LOG.error("A handler of a job's progress failed", e);
    }
  }

  void completed(Buffer answer) {
    if (finish(JobState.COMPLETE, null)) {
      result.tryComplete(answer);
      tellWatchers();
    }
  }

  void failed() {
    end(JobState.FAILED, JobEnds.failed(this));
  }

  void threw(Buffer said) {
    end(JobState.EXCEPTION, JobEnds.threw(this, said));
  }

  void resultTooLarge(long length) {
    end(JobState.ABANDONED, JobEnds.resultTooLarge(this, length));
  }

  void refused(ErrorResponse error) {
    end(JobState.REFUSED, JobEnds.refused(this, error));
  }

  void connectionLost(Throwable why) {
    if (submissions.isClosed()) {
      end(JobState.ABANDONED, JobEnds.closed(this, why));
    } else if (retriesLeft > 0) {
      retriesLeft--;
      LOG.info(
          "{} is submitted again, its connection to {} was lost: {}",
          name(),
          server,
          why.getMessage());
      again();
    } else {
      end(JobState.LOST, JobEnds.lost(this, why));
    }
  }

  /** The server has the job, or not. */
  void notAcknowledged(Duration limit) {
    end(JobState.LOST, JobEnds.notAcknowledged(this, limit));
  }

  /** The connection was closed before it was written: nothing was tried. */
  void unsent() {
    sends--;
    attempts = sends;
    again();
  }

  private void again() {
    attempt = null;
    handle = "";
    server = "";
    progress = null;
    move(JobState.PENDING);
    submissions.again(this);
  }

  void expired(Duration limit) {
    end(JobState.ABANDONED, JobEnds.expired(this, limit));
  }

  /** Ends without a result. */
  void end(JobState how, GearmanException why) {
    if (finish(how, why)) {
      accepted.tryFail(why);
      result.tryFail(why);
      tellWatchers();
    }
  }

  private boolean finish(JobState how, @Nullable GearmanException why) {
    if (isDone()) {
      return false;
    }
    JobAttempt last = attempt;
    attempt = null;
    if (last != null) {
      last.forget();
    }
    cause = why;
    move(how);
    submissions.ended(this);
    if (how == JobState.ABANDONED) {
      data.drop();
      warnings.drop();
    } else {
      data.end();
      warnings.end();
    }
    return true;
  }

  private void move(JobState to) {
    state = to;
    if (shown != JobState.TIMED_OUT || to.isEnd()) {
      shown = to;
    }
  }

  void watch(JobWatcher watcher) {
    watchers.add(watcher);
  }

  void unwatch(JobWatcher watcher) {
    watchers.remove(watcher);
  }

  private void tellWatchers() {
    if (!watchers.isEmpty()) {
      List.copyOf(watchers).forEach(watcher -> watcher.changed(this));
    }
  }

  /** A wait for it begins. */
  void awaited() {
    shown = state;
  }

  /** A wait for it has ended in vain. */
  void awaitedInVain() {
    if (!isDone()) {
      shown = JobState.TIMED_OUT;
    }
  }

  /** The job for messages. */
  String name() {
    String name = handle.isEmpty() ? "the job" : "job " + handle;
    return name + " of " + request;
  }

  // What any thread asks.

  @Override
  public JobRequest request() {
    return request;
  }

  @Override
  public JobState state() {
    return shown;
  }

  @Override
  public String handle() {
    return handle;
  }

  @Override
  public String unique() {
    return unique;
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public @Nullable Progress progress() {
    return progress;
  }

  @Override
  public @Nullable GearmanException cause() {
    return cause;
  }

  @Override
  public Future<GearmanJob> accepted() {
    return accepted.future();
  }

  @Override
  public Future<Buffer> result() {
    return result.future();
  }

  @Override
  public <T> Future<@Nullable T> result(Class<T> type) {
    return result.future().map(bytes -> type.cast(decode(bytes, type)));
  }

  @Override
  public @Nullable Object decode(Buffer bytes, Type type) {
    return submissions.payloads().decode(bytes, type);
  }

  @Override
  public GearmanJob onProgress(Handler<Progress> handler) {
    loop.run(() -> {
      progressHandler = handler;
      Progress latest = progress;
      if (latest != null) {
        tell(handler, latest);
      }
    });
    return this;
  }

  @Override
  public ReadStream<Buffer> data() {
    return data;
  }

  @Override
  public ReadStream<Buffer> warnings() {
    return warnings;
  }

  @Override
  public void abandon() {
    loop.run(() -> end(JobState.ABANDONED, JobEnds.abandoned(this)));
  }

  @Override
  public String toString() {
    return name() + " " + shown;
  }
}
