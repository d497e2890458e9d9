/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.AsyncContextTaskHandler;
import io.taskwire.Capabilities;
import io.taskwire.ContextTaskHandler;
import io.taskwire.HandlerOptions;
import io.taskwire.QueueClosedException;
import io.taskwire.Registration;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskType;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Session;
import io.taskwire.spi.Submission;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue as its users see it; what they call is checked and encoded on their thread, and done on the event loop. */
final class TaskQueueImpl implements TaskQueue, SessionUser {

  private static final Logger LOG = LoggerFactory.getLogger(TaskQueueImpl.class);

  private final Loop loop;
  private final Serializers serializers;
  private final Hosts hosts;
  private final FeatureGate gate;
  private final Submitter submitter;
  private final Handlers handlers;
  private final Closing closing;
  private final String broker;

  /** Belongs to the loop. */
  private @Nullable Future<Void> started;

  /** Belongs to the loop; null while nobody waits for a session. */
  private @Nullable Promise<Session> nextSession;

  TaskQueueImpl(
      Loop loop,
      Serializers serializers,
      Hosts hosts,
      FeatureGate gate,
      Submitter submitter,
      Handlers handlers,
      Closing closing,
      String broker) {
    this.loop = loop;
    this.serializers = serializers;
    this.hosts = hosts;
    this.gate = gate;
    this.submitter = submitter;
    this.handlers = handlers;
    this.closing = closing;
    this.broker = broker;
  }

  // Starting.

  @Override
  public Future<Void> start() {
    Promise<Void> answer = loop.promise();
    loop.run(answer, () -> {
      if (started == null || started.failed()) {
        started = startOnLoop();
      }
      submitter.questions().ask(started, answer);
    });
    return answer.future();
  }

  private Future<Void> startOnLoop() {
    if (closing.isClosed()) {
      return Future.failedFuture(
          new QueueClosedException("the queue is closed", null, null, true, null));
    }
    Future<Void> live = handlers.start();
    return Future.all(connection(), live).mapEmpty();
  }

  /** The session of now, or the next one, for which it sees to. */
  private Future<Session> connection() {
    Session session = hosts.anySession();
    if (session != null) {
      return Future.succeededFuture(session);
    }
    if (nextSession == null) {
      nextSession = Promise.promise();
    }
    Future<Session> next = nextSession.future();
    hosts.ensureConnecting();
    return next;
  }

  @Override
  public void connected(Connector host, Session session) {
    Promise<Session> waiting = nextSession;
    nextSession = null;
    if (waiting != null) {
      waiting.complete(session);
    }
  }

  @Override
  public void gaveUp(BrokerConnectException cause) {
    Promise<Session> waiting = nextSession;
    nextSession = null;
    if (waiting != null) {
      waiting.fail(new TaskConnectException(
          "connecting is given up: " + cause.getMessage(), null, null, cause));
    }
  }

  @Override
  public Future<Void> ping() {
    Promise<Void> answer = loop.promise();
    loop.run(answer, () -> {
      Future<Void> pong = connection()
          .compose(
              any -> Future.all(hosts.sessions().stream().map(Session::ping).toList()))
          .<Void>mapEmpty()
          .recover(cause -> Future.failedFuture(
              cause instanceof TaskException ? cause : noAnswer(": " + cause.getMessage(), cause)));
      submitter
          .questions()
          .ask(
              pong,
              answer,
              () -> noAnswer(
                  " within acceptTimeout=" + submitter.limits().acceptTimeout().toMillis() / 1000.0
                      + " s",
                  hosts.lastFailure()));
    });
    return answer.future();
  }

  private TaskConnectException noAnswer(String why, @Nullable Throwable cause) {
    return new TaskConnectException("no answer from " + broker + why, null, null, cause);
  }

  @Override
  public Capabilities capabilities() {
    return gate.current();
  }

  // Registering.

  @Override
  public <I, O> Registration on(
      TaskType<I, O> type, HandlerOptions options, ContextTaskHandler<I, O> handler) {
    return register(type, options, (Invoker.Blocking)
        (input, context) -> handler.handle(typed(input), context));
  }

  @Override
  public <I, O> Registration onAsync(
      TaskType<I, O> type, HandlerOptions options, AsyncContextTaskHandler<I, O> handler) {
    return register(
        type, options, (Invoker.Async) (input, context) -> handler.handle(typed(input), context));
  }

  /** The codec builds what the type asks for; null comes only to handlers whose callers send null. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <I> I typed(@Nullable Object input) {
    return (I) input;
  }

  private Registration register(TaskType<?, ?> type, HandlerOptions options, Invoker invoker) {
    if (closing.isClosed()) {
      throw new IllegalStateException(
          "the queue is closed; task \"" + type.name() + "\" cannot be registered");
    }
    return handlers.add(type, options, invoker);
  }

  // Submitting.

  @Override
  public <I, O> Future<TaskHandle<O>> task(
      TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    Promise<TaskHandle<O>> acceptance = loop.promise();
    TaskException refusal = submit(type, input, options, loop.promise(), acceptance);
    return refusal == null ? acceptance.future() : Future.failedFuture(refusal);
  }

  @Override
  public <I, O> Future<O> call(TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    Promise<O> result = loop.promise();
    TaskException refusal = submit(type, input, options, result, null);
    return refusal == null ? result.future() : Future.failedFuture(refusal);
  }

  @Override
  public <I, O> Future<String> send(TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    Promise<TaskHandle<O>> acceptance = loop.promise();
    SubmitOptions silent = options.wantsResponse() ? options.withoutResponse() : options;
    TaskException refusal = submit(type, input, silent, Promise.promise(), acceptance);
    return refusal == null ? acceptance.future().map(TaskHandle::id) : Future.failedFuture(refusal);
  }

  @Override
  public <O> TaskHandle<O> attach(String id, TaskType<?, O> type) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id of a task is not empty");
    }
    gate.requireAttach(type.name());
    PendingTask<O> task =
        new PendingTask<>(loop, submitter, type, serializers.codecOf(type), id, loop.promise());
    if (closing.refusesSubmits()) {
      task.loopEnded();
    } else {
      loop.execute(task);
    }
    return task;
  }

  private <I, O> @Nullable TaskException submit(
      TaskType<I, O> type,
      @Nullable I input,
      SubmitOptions options,
      Promise<O> result,
      @Nullable Promise<TaskHandle<O>> acceptance) {
    String name = type.name();
    if (closing.refusesSubmits()) {
      return new QueueClosedException(
          "the queue is closed; nothing was sent", name, null, true, null);
    }
    PayloadCodec codec;
    Buffer payload;
    try {
      codec = serializers.codecOf(type);
      payload = codec.encode(input, type.inputType());
      gate.require(options, !codec.headers().isEmpty(), name);
    } catch (TaskException e) {
      return e;
    } catch (RuntimeException | StackOverflowError e) {
      return new TaskSerializationException(
          "the payload cannot be encoded, nothing was sent: " + e.getMessage(), name, null, e);
    }
    int most = submitter.limits().maxPayload();
    if (payload.length() > most) {
      return new TaskRejectedException(
          TaskRejectedException.Reason.TOO_LARGE,
          "the payload takes " + payload.length() + " bytes, and maxPayload allows " + most,
          name,
          null);
    }
    if (!submitter.mayArrive()) {
      return submitter.tooManyPending(name);
    }
    Submission submission = new Submission(
        name,
        payload,
        codec.format(),
        options.wantsResponse(),
        options.priority(),
        options.delay(),
        options.unique(),
        options.deadline(),
        resultTimeout(options),
        headers(codec, options));
    loop.execute(
        new PendingTask<>(loop, submitter, type, codec, options, submission, result, acceptance));
    return null;
  }

  private @Nullable Duration resultTimeout(SubmitOptions options) {
    Duration limit = submitter.limits().resultTimeout(options);
    return limit.isZero() ? null : limit;
  }

  private static Map<String, String> headers(PayloadCodec codec, SubmitOptions options) {
    if (options.headers().isEmpty()) {
      return codec.headers();
    }
    Map<String, String> all = new HashMap<>(codec.headers());
    options.headers().forEach((header, value) -> all.put(Headers.USER + header, value));
    return all;
  }

  // Waiting and closing.

  @Override
  public <T> T awaiting(Future<T> future) {
    return FutureBridge.await(future);
  }

  @Override
  public Future<Void> shutdown() {
    return closing.begin();
  }

  @Override
  public void close() {
    boolean onLoop = Context.isOnEventLoopThread();
    Future<Void> done = closing.begin();
    if (onLoop || HandlerRun.CURRENT.get() == handlers) {
      if (closing.firstAskedWithoutWaiting()) {
        LOG.info(
            "close() was called {}, where it cannot wait: closing goes on behind",
            onLoop ? "on an event loop" : "inside a handler of this queue");
      }
      return;
    }
    try {
      done.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "closing the queue failed, which it never should", e.getCause());
    }
  }

  @Override
  public String toString() {
    return "TaskQueue(" + broker + ")";
  }
}
