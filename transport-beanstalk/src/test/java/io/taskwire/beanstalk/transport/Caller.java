/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Priority;
import io.taskwire.TaskException;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Submits one task and keeps what becomes of it, for a test thread to wait on. */
final class Caller implements SubmitListener {

  /** What the task ended with. */
  record End(Buffer payload, Map<String, String> headers) {}

  /** The worker's failure, as an exception so that a future can carry it. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Failure failure;

    Failed(Failure failure) {
      super(failure.toString());
      this.failure = failure;
    }
  }

  private final Submission submission;
  final Promise<AcceptedTask> accepted = Promise.promise();
  final Promise<End> end = Promise.promise();
  final LinkedBlockingQueue<String> parts = new LinkedBlockingQueue<>();

  Caller(Submission submission) {
    this.submission = submission;
  }

  static Caller of(String task, String payload) {
    return of(task, Buffer.buffer(payload));
  }

  static Caller of(String task, Buffer payload) {
    return with(task, payload, true, Priority.NORMAL, Map.of());
  }

  static Caller with(
      String task,
      Buffer payload,
      boolean wantsResult,
      Priority priority,
      Map<String, String> headers) {
    return new Caller(new Submission(
        task, payload, wantsResult, priority, Duration.ZERO, null, null, null, headers));
  }

  Submission submission() {
    return submission;
  }

  AcceptedTask task() {
    return Stage.await(accepted.future());
  }

  Buffer result() {
    return Stage.await(end.future()).payload();
  }

  @Override
  public void accepted(AcceptedTask task) {
    accepted.complete(task);
  }

  @Override
  public void rejected(TaskException cause) {
    accepted.fail(cause);
  }

  @Override
  public void progress(long done, long total) {
    parts.add(done + "/" + total);
  }

  @Override
  public void data(Buffer chunk) {
    parts.add(chunk.toString());
  }

  @Override
  public void completed(Buffer payload, Map<String, String> headers) {
    end.complete(new End(payload, headers));
  }

  @Override
  public void failed(Failure failure) {
    end.fail(new Failed(failure));
  }

  @Override
  public void lost(TaskException cause) {
    end.fail(cause);
  }
}
