/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.Priority;
import io.taskwire.TaskException;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** Submits one task on a {@link Stage} and keeps what becomes of it, for a test thread to wait on. */
public final class Caller implements SubmitListener {

  /**
   * What the task ended with.
   *
   * @param payload its result
   * @param headers what came with it
   */
  public record End(Buffer payload, Map<String, String> headers) {}

  /** The worker's failure, as an exception so that a future can carry it. */
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Failed(Failure failure) {
      super(failure.toString());
      this.failure = failure;
    }

    /**
     * What the worker said.
     *
     * @return the failure
     */
    public Failure failure() {
      return failure;
    }
  }

  private final Submission submission;
  private final Promise<AcceptedTask> accepted = Promise.promise();
  private final Promise<End> end = Promise.promise();
  private final LinkedBlockingQueue<String> parts = new LinkedBlockingQueue<>();

  /**
   * A caller of any kind.
   *
   * @param submission what it submits
   */
  public Caller(Submission submission) {
    this.submission = submission;
  }

  /**
   * A caller who wants the result.
   *
   * @param task the task's name
   * @param payload its text
   * @return the caller
   */
  public static Caller of(String task, String payload) {
    return of(task, Buffer.buffer(payload));
  }

  /**
   * A caller who wants the result.
   *
   * @param task the task's name
   * @param payload its bytes
   * @return the caller
   */
  public static Caller of(String task, Buffer payload) {
    return with(task, payload, true, Priority.NORMAL, Map.of());
  }

  /**
   * A caller.
   *
   * @param task the task's name
   * @param payload its bytes
   * @param wantsResult whether it waits
   * @param priority how urgent
   * @param headers what goes with it
   * @return the caller
   */
  public static Caller with(
      String task,
      Buffer payload,
      boolean wantsResult,
      Priority priority,
      Map<String, String> headers) {
    return new Caller(new Submission(
        task,
        payload,
        Submission.RAW,
        wantsResult,
        priority,
        Duration.ZERO,
        null,
        null,
        null,
        headers));
  }

  /**
   * A caller of a task with a unique key.
   *
   * @param task the task's name
   * @param payload its text
   * @param wantsResult whether it waits
   * @param unique the key
   * @return the caller
   */
  public static Caller unique(String task, String payload, boolean wantsResult, String unique) {
    return new Caller(new Submission(
        task,
        Buffer.buffer(payload),
        Submission.RAW,
        wantsResult,
        Priority.NORMAL,
        Duration.ZERO,
        unique,
        null,
        null,
        Map.of()));
  }

  /**
   * What is submitted.
   *
   * @return the submission
   */
  public Submission submission() {
    return submission;
  }

  /**
   * Waits for the acceptance.
   *
   * @return the task; what it was rejected with is thrown
   */
  public AcceptedTask task() {
    return Await.value(accepted.future());
  }

  /**
   * The end of the task.
   *
   * @return completes with the result and its headers, fails with a {@link Failed} or with what the task was lost by
   */
  public Future<End> end() {
    return end.future();
  }

  /**
   * Waits for the result.
   *
   * @return its bytes; what the task failed with is thrown
   */
  public Buffer result() {
    return Await.value(end()).payload();
  }

  /**
   * Progress as {@code done/total}, and parts of the data.
   *
   * @return in the order in which they came; {@link Await#next} waits for one
   */
  public LinkedBlockingQueue<String> parts() {
    return parts;
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
