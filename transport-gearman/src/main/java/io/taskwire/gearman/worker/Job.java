/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.FailureCode;
import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.JobOutcome;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.taskwire.gearman.connection.AssignedJob;
import io.taskwire.spi.Failure;
import io.taskwire.spi.TimeLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that this worker holds, from its assignment until its slot is free. */
final class Job extends JobFacts {

  private static final Logger LOG = LoggerFactory.getLogger(Job.class);
  private static final Future<JobOutcome> TIMED_OUT = Future.succeededFuture(JobOutcome.TIMED_OUT);

  /** In place of an end: nobody has ended the job yet. */
  private static final Object OPEN = new Object();

  /** In place of an end: its handler, or who took it, has ended it. */
  private static final Object ENDED = new Object();

  private final LaneConnection connection;
  private final Worker worker;
  private final Function function;

  private final Cancellation cancellation = new Cancellation();

  /** OPEN, ENDED, or the TimeoutException the worker has ended it with. Any thread ends it, the first counts. */
  private final AtomicReference<Object> end = new AtomicReference<>(OPEN);

  // Written by the loop, read by any thread.
  private volatile boolean lost;

  // The rest belongs to the loop; the number of hooks goes with the handler to its thread and back.

  private @Nullable HandlerRun run;
  private int hooked;

  /** The last packet was sent, or is of no use any more. */
  private boolean closed;

  /** A handler has it, or the one who took it. */
  private boolean inHands;

  private boolean settled;

  Job(LaneConnection connection, Function function, AssignedJob assigned) {
    super(
        connection.loop().broker(),
        function,
        assigned,
        connection.lane().worker().values());
    this.connection = connection;
    this.worker = connection.lane().worker();
    this.function = function;
  }

  // What runs on the loop.

  /** Begins the time limit. */
  void begin() {
    inHands = true;
    function.began();
    TimeLimit<Job> limit = function.timeLimit();
    if (limit != null) {
      limit.begin(this);
    }
  }

  void runBlocking(Function.Blocking service) {
    begin();
    run = new HandlerRun(worker, this, service.handler());
    worker.threads().execute(run);
  }

  void runAsync(Function.Async service) {
    begin();
    new AsyncRun(worker, this, service.handler()).start();
  }

  /** Whether a handler, or the one who took it, still has it. */
  boolean isInHands() {
    return inHands;
  }

  /** The handler is done: with a result, a failure, or nothing, if it has ended the job itself. */
  void returned(@Nullable Buffer result, @Nullable Throwable failure) {
    if (end.compareAndSet(OPEN, ENDED)) {
      if (failure != null) {
        close(failure(failure));
      } else {
        close(completion(result == null ? Buffer.buffer(0) : result));
      }
    } else if (failure != null && timedOut() == null) {
      LOG.warn(
          "The handler of job {} of \"{}\" failed after it had ended the job: {}",
          handle(),
          function(),
          failure.toString());
    }
    leaveHands();
  }

  private void leaveHands() {
    inHands = false;
    settleIfDone();
  }

  private void close(Request last) {
    if (!lost) {
      connection.loop().send(last);
    }
    closed = true;
  }

  private void settleIfDone() {
    if (closed && !inHands && !settled) {
      settled = true;
      TimeLimit<Job> limit = function.timeLimit();
      if (limit != null) {
        limit.end(this);
      }
      function.ended();
      connection.settled(this);
    }
  }

  private JobOutcome endNow(Request last) {
    JobOutcome outcome = lost ? JobOutcome.LOST : JobOutcome.SENT;
    if (function.isManual() && inHands) {
      worker.hooks().after(this);
      inHands = false;
    }
    if (!closed) {
      close(last);
    }
    settleIfDone();
    return outcome;
  }

  void expired(Duration limit) {
    Throwable cause =
        new TimeoutException("the handler took longer than " + limit.toMillis() / 1000.0 + " s");
    if (end.compareAndSet(OPEN, cause)) {
      close(
          failure(new Failure(FailureCode.TIMEOUT, "", String.valueOf(cause.getMessage()), null)));
    }
    abort();
    if (run == null) { // else the handler's thread does the rest
      if (!function.isManual() || !worker.manual().forget(this)) {
        worker.hooks().failed(this, cause);
        worker.hooks().after(this);
      }
      leaveHands();
    }
  }

  /** What came over the wire, or is to go over it, is too long: the job fails, as it would again and again. */
  void tooLarge(String what, long length) {
    end.set(ENDED);
    close(tooLongFailure(what, length));
    settleIfDone();
  }

  /** Tells the handler that going on is of no use. */
  void abort() {
    cancellation.set();
    if (run != null) {
      run.interrupt();
    }
  }

  /** The connection is gone, or the server has taken the job back. */
  void lost(Throwable cause) {
    if (lost || settled) {
      return;
    }
    lost = true;
    LOG.debug("Job {} of \"{}\" is lost", handle(), function(), cause);
    cancellation.set();
    if (function.isManual()) {
      // Who took it may never look at it again; the slot must not depend on that.
      if (!worker.manual().forget(this)) {
        worker.hooks().after(this);
      }
      closed = true;
      leaveHands();
    }
  }

  /** Gives the job back to the server unbegun. */
  void giveBack() {
    if (!settled) {
      settled = true;
      lost = true;
      end.set(ENDED);
      function.ended();
      connection.giveBack(this);
    }
  }

  int hooked() {
    return hooked;
  }

  void hooked(int count) {
    hooked = count;
  }

  // What runs on any thread.

  boolean isOpen() {
    return end.get() == OPEN;
  }

  /** Why the worker has ended the job, null if it has not. */
  @Nullable
  Throwable timedOut() {
    return end.get() instanceof TimeoutException timeout ? timeout : null;
  }

  private Request completion(Buffer result) {
    return result.length() > worker.options().maxPayload()
        ? tooLongFailure("the result", result.length())
        : new WorkComplete(handle(), result);
  }

  private Request tooLongFailure(String what, long length) {
    return failure(new Failure(
        FailureCode.TOO_LARGE,
        "",
        what + " has " + length + " bytes, maxPayload is " + worker.options().maxPayload(),
        null));
  }

  private Request failure(Throwable cause) {
    LOG.debug("Job {} of \"{}\" failed", handle(), function(), cause);
    return failure(FailureText.of(cause));
  }

  private Request failure(Failure failure) {
    return FailureText.packet(this, function.failuresAs(), failure);
  }

  private Future<JobOutcome> end(Request last) {
    Object before = end.compareAndExchange(OPEN, ENDED);
    if (before instanceof TimeoutException) {
      return TIMED_OUT;
    }
    if (before == ENDED) {
      throw new IllegalStateException(
          "job " + handle() + " of \"" + function() + "\" has been ended already");
    }
    Promise<JobOutcome> outcome = worker.loop().promise();
    worker
        .loop()
        .run(() -> outcome.complete(endNow(last)), () -> outcome.complete(JobOutcome.LOST));
    return outcome.future();
  }

  private Future<Void> report(Request packet) {
    return worker.loop().call(() -> {
      if (lost) {
        return Future.failedFuture(new GearmanConnectionException(
            "job " + handle() + " of \"" + function() + "\" is lost: its connection to " + server()
                + " is gone, and the server gives it to another worker",
            null));
      }
      if (closed) {
        return Future.failedFuture(
            new IllegalStateException("job " + handle() + " of \"" + function() + "\" has ended"));
      }
      connection.loop().send(packet);
      return connection.loop().room();
    });
  }

  private Buffer part(Object value) {
    Buffer part = worker.values().encode(value);
    if (part.length() > worker.options().maxPayload()) {
      throw new IllegalArgumentException("a part has " + part.length() + " bytes, maxPayload is "
          + worker.options().maxPayload() + ": send smaller ones");
    }
    return part;
  }

  @Override
  public Future<Void> progress(long done, long total) {
    if (done < 0 || total < 0) {
      throw new IllegalArgumentException("progress counts from zero: " + done + " of " + total);
    }
    return report(new WorkStatus(handle(), done, total));
  }

  @Override
  public Future<Void> data(Object chunk) {
    return report(new WorkData(handle(), part(chunk)));
  }

  @Override
  public Future<Void> warning(Object text) {
    return report(new WorkWarning(handle(), part(text)));
  }

  @Override
  public Future<JobOutcome> complete(@Nullable Object result) {
    return end(completion(worker.values().encode(result)));
  }

  @Override
  public Future<JobOutcome> fail() {
    return end(new WorkFail(handle()));
  }

  @Override
  public Future<JobOutcome> exception(String reason) {
    return end(FailureText.exception(this, new Failure(FailureCode.HANDLER, "", reason, null)));
  }

  @Override
  public Future<JobOutcome> exception(Throwable cause) {
    return end(failure(cause));
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public boolean isCancelled() {
    return cancellation.isSet();
  }

  @Override
  public Future<Void> cancelled() {
    return cancellation.future();
  }
}
