/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.taskwire.impl.Queues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A task queue over one broker: the place to submit tasks and to register handlers. Safe to use from any thread.
 *
 * <p>Futures called for on a Vert.x context complete on that context; those called for on another thread complete on the
 * queue's event loop, where callbacks must not block (a callback added to a future that is complete already may run where
 * it is added). {@link Future#await()} works on plain and virtual threads; on
 * Vert.x worker threads use {@link #awaiting(Future)}; on event loops compose.
 */
public interface TaskQueue extends AutoCloseable {

  /**
   * Opens the queue that the configuration describes: {@code taskwire.url} as a system property, {@code TASKWIRE_URL} in
   * the environment, or {@code taskwire.properties}. With none of them it is {@code memory:}, and the log says so.
   *
   * @return the queue, connecting behind
   * @throws InvalidOptionException if an option is unknown or has a value it cannot have
   */
  static TaskQueue open() {
    return Queues.open(null, QueueOptions.builder().build());
  }

  /**
   * Opens a queue over the broker a URI names.
   *
   * @param uri such as {@code gearman://localhost:4730?retry=10s}
   * @return the queue, connecting behind
   * @throws InvalidOptionException if an option is unknown or has a value it cannot have, or no transport on the class
   *     path has the URI's scheme
   */
  static TaskQueue open(String uri) {
    return Queues.open(null, QueueOptions.of(uri));
  }

  /**
   * Opens a queue.
   *
   * @param options where to and how
   * @return the queue, connecting behind
   * @throws InvalidOptionException if an option is unknown or has a value it cannot have, or no transport on the class
   *     path has the URI's scheme
   */
  static TaskQueue open(QueueOptions options) {
    return Queues.open(null, options);
  }

  /**
   * Opens a queue on a Vert.x instance of the caller's, which the queue uses and never closes.
   *
   * @param vertx the instance
   * @param options where to and how
   * @return the queue, connecting behind
   * @throws InvalidOptionException if an option is unknown or has a value it cannot have, or no transport on the class
   *     path has the URI's scheme
   */
  static TaskQueue open(Vertx vertx, QueueOptions options) {
    return Queues.open(vertx, options);
  }

  /**
   * Begins to take tasks for the registered handlers. Submitting needs no start.
   *
   * @return completes when the broker is connected and every handler registered so far is live, with several hosts at one
   *     of them at least: a host that is down does not hold it up, with all down it waits; fails with a {@link
   *     TaskConnectException} if connecting is given up; it may be called again then.
   */
  Future<Void> start();

  /**
   * Asks the broker for an answer, with several hosts all that are connected.
   *
   * @return completes when it has come; fails with a {@link TaskException} if it does not within {@code acceptTimeout}
   */
  Future<Void> ping();

  /**
   * Tells what the transport can do: in general before it is connected, with the broker at hand afterwards.
   *
   * @return each feature with how it is had
   */
  Capabilities capabilities();

  /**
   * Waits for a future on a plain, virtual or Vert.x worker thread; the one way that is safe in a worker verticle, whose
   * context a future of this queue would otherwise have to wait for.
   *
   * @param future a future of this queue as it was given; one that was mapped or composed on a worker verticle's context
   *     cannot complete while that worker waits
   * @param <T> its value
   * @return the value
   * @throws IllegalStateException on an event loop: compose there
   * @throws TaskException if the future fails with one
   */
  <T> T awaiting(Future<T> future);

  /**
   * Closes the queue: stops taking tasks, lets running handlers finish up to {@code drainTimeout}, gives back what was
   * not begun, settles what was, fails what callers still wait for with a {@link QueueClosedException}, frees every
   * thread and connection.
   *
   * @return completes when all of that is done; the same future each time
   */
  Future<Void> shutdown();

  /**
   * Does {@link #shutdown()} and waits for it on plain, virtual and Vert.x worker threads. On an event loop, or inside a
   * handler of this queue, it only begins. If interrupted it returns with the interrupt flag set while closing goes on.
   */
  @Override
  void close();

  /**
   * Registers a handler with options of its own.
   *
   * @param type the task's name and types
   * @param options how it is run
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  <I, O> Registration on(
      TaskType<I, O> type, HandlerOptions options, ContextTaskHandler<I, O> handler);

  /**
   * Registers a handler with options of its own.
   *
   * @param type the task's name and types
   * @param options how it is run
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration on(
      TaskType<I, O> type, HandlerOptions options, TaskHandler<I, O> handler) {
    return on(type, options, (input, context) -> handler.handle(input));
  }

  /**
   * Registers a handler.
   *
   * @param type the task's name and types
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration on(TaskType<I, O> type, ContextTaskHandler<I, O> handler) {
    return on(type, HandlerOptions.create(), handler);
  }

  /**
   * Registers a handler.
   *
   * @param type the task's name and types
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration on(TaskType<I, O> type, TaskHandler<I, O> handler) {
    return on(type, HandlerOptions.create(), handler);
  }

  /**
   * Registers a handler for inputs of a class; its result may be anything the serializer encodes.
   *
   * @param taskName the task's name
   * @param input the class of the input
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I> Registration on(
      String taskName, Class<I> input, ContextTaskHandler<I, Object> handler) {
    return on(TaskType.of(taskName, input, Object.class), handler);
  }

  /**
   * Registers a handler for inputs of a class; its result may be anything the serializer encodes.
   *
   * @param taskName the task's name
   * @param input the class of the input
   * @param handler blocking code, run on a thread of its own
   * @param <I> the input
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I> Registration on(String taskName, Class<I> input, TaskHandler<I, Object> handler) {
    return on(TaskType.of(taskName, input, Object.class), handler);
  }

  /**
   * Registers a handler of a raw task.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param handler blocking code, run on a thread of its own
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration on(String taskName, Raw raw, ContextTaskHandler<Buffer, Buffer> handler) {
    return on(TaskType.raw(taskName), handler);
  }

  /**
   * Registers a handler of a raw task.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param handler blocking code, run on a thread of its own
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration on(String taskName, Raw raw, TaskHandler<Buffer, Buffer> handler) {
    return on(TaskType.raw(taskName), handler);
  }

  /**
   * Registers a handler for whatever the serializer makes of the payload.
   *
   * @param taskName the task's name
   * @param handler blocking code, run on a thread of its own
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration on(String taskName, ContextTaskHandler<Object, Object> handler) {
    return on(TaskType.untyped(taskName), handler);
  }

  /**
   * Registers a handler for whatever the serializer makes of the payload.
   *
   * @param taskName the task's name
   * @param handler blocking code, run on a thread of its own
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration on(String taskName, TaskHandler<Object, Object> handler) {
    return on(TaskType.untyped(taskName), handler);
  }

  /**
   * Registers a handler with options of its own.
   *
   * @param type the task's name and types
   * @param options how it is run
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  <I, O> Registration onAsync(
      TaskType<I, O> type, HandlerOptions options, AsyncContextTaskHandler<I, O> handler);

  /**
   * Registers a handler with options of its own.
   *
   * @param type the task's name and types
   * @param options how it is run
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration onAsync(
      TaskType<I, O> type, HandlerOptions options, AsyncTaskHandler<I, O> handler) {
    return onAsync(type, options, (input, context) -> handler.handle(input));
  }

  /**
   * Registers a handler.
   *
   * @param type the task's name and types
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration onAsync(TaskType<I, O> type, AsyncContextTaskHandler<I, O> handler) {
    return onAsync(type, HandlerOptions.create(), handler);
  }

  /**
   * Registers a handler.
   *
   * @param type the task's name and types
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @param <O> the result
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I, O> Registration onAsync(TaskType<I, O> type, AsyncTaskHandler<I, O> handler) {
    return onAsync(type, HandlerOptions.create(), handler);
  }

  /**
   * Registers a handler for inputs of a class; its result may be anything the serializer encodes.
   *
   * @param taskName the task's name
   * @param input the class of the input
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I> Registration onAsync(
      String taskName, Class<I> input, AsyncContextTaskHandler<I, Object> handler) {
    return onAsync(TaskType.of(taskName, input, Object.class), handler);
  }

  /**
   * Registers a handler for inputs of a class; its result may be anything the serializer encodes.
   *
   * @param taskName the task's name
   * @param input the class of the input
   * @param handler code for the event loop, which must not block
   * @param <I> the input
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default <I> Registration onAsync(
      String taskName, Class<I> input, AsyncTaskHandler<I, Object> handler) {
    return onAsync(TaskType.of(taskName, input, Object.class), handler);
  }

  /**
   * Registers a handler of a raw task.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param handler code for the event loop, which must not block
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration onAsync(
      String taskName, Raw raw, AsyncContextTaskHandler<Buffer, Buffer> handler) {
    return onAsync(TaskType.raw(taskName), handler);
  }

  /**
   * Registers a handler of a raw task.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param handler code for the event loop, which must not block
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration onAsync(String taskName, Raw raw, AsyncTaskHandler<Buffer, Buffer> handler) {
    return onAsync(TaskType.raw(taskName), handler);
  }

  /**
   * Registers a handler for whatever the serializer makes of the payload.
   *
   * @param taskName the task's name
   * @param handler code for the event loop, which must not block
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration onAsync(String taskName, AsyncContextTaskHandler<Object, Object> handler) {
    return onAsync(TaskType.untyped(taskName), handler);
  }

  /**
   * Registers a handler for whatever the serializer makes of the payload.
   *
   * @param taskName the task's name
   * @param handler code for the event loop, which must not block
   * @return the registration
   * @throws IllegalStateException if the name has a handler in this queue, or the queue is closed
   */
  default Registration onAsync(String taskName, AsyncTaskHandler<Object, Object> handler) {
    return onAsync(TaskType.untyped(taskName), handler);
  }

  /**
   * Submits a task.
   *
   * @param type the task's name and types
   * @param input the input
   * @param options what is asked for beyond the task itself
   * @param <I> the input
   * @param <O> the result
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  <I, O> Future<TaskHandle<O>> task(TaskType<I, O> type, @Nullable I input, SubmitOptions options);

  /**
   * Submits a task whose result is awaited.
   *
   * @param type the task's name and types
   * @param input the input
   * @param <I> the input
   * @param <O> the result
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default <I, O> Future<TaskHandle<O>> task(TaskType<I, O> type, @Nullable I input) {
    return task(type, input, SubmitOptions.create());
  }

  /**
   * Submits a task whose result has a class.
   *
   * @param taskName the task's name
   * @param input the input
   * @param output the class of the result
   * @param <O> the result
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default <O> Future<TaskHandle<O>> task(String taskName, @Nullable Object input, Class<O> output) {
    return task(TaskType.of(taskName, Object.class, output), input);
  }

  /**
   * Submits a task whose result has a class.
   *
   * @param taskName the task's name
   * @param input the input
   * @param output the class of the result
   * @param options what is asked for beyond the task itself
   * @param <O> the result
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default <O> Future<TaskHandle<O>> task(
      String taskName, @Nullable Object input, Class<O> output, SubmitOptions options) {
    return task(TaskType.of(taskName, Object.class, output), input, options);
  }

  /**
   * Submits a task whose result is what the serializer makes of it.
   *
   * @param taskName the task's name
   * @param input the input
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default Future<TaskHandle<Object>> task(String taskName, @Nullable Object input) {
    return task(TaskType.untyped(taskName), input);
  }

  /**
   * Submits a task whose result is what the serializer makes of it.
   *
   * @param taskName the task's name
   * @param input the input
   * @param options what is asked for beyond the task itself
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default Future<TaskHandle<Object>> task(
      String taskName, @Nullable Object input, SubmitOptions options) {
    return task(TaskType.untyped(taskName), input, options);
  }

  /**
   * Submits a raw task.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param body the bytes
   * @return completes when the broker has accepted the task; fails with a {@link TaskException}
   */
  default Future<TaskHandle<Buffer>> task(String taskName, Raw raw, Buffer body) {
    return task(TaskType.raw(taskName), body);
  }

  /**
   * Submits a task and awaits its result in one.
   *
   * @param type the task's name and types
   * @param input the input
   * @param options what is asked for beyond the task itself
   * @param <I> the input
   * @param <O> the result
   * @return the result; fails with a {@link TaskException}
   */
  <I, O> Future<O> call(TaskType<I, O> type, @Nullable I input, SubmitOptions options);

  /**
   * Submits a task and awaits its result in one.
   *
   * @param type the task's name and types
   * @param input the input
   * @param <I> the input
   * @param <O> the result
   * @return the result; fails with a {@link TaskException}
   */
  default <I, O> Future<O> call(TaskType<I, O> type, @Nullable I input) {
    return call(type, input, SubmitOptions.create());
  }

  /**
   * Submits a task and awaits its result in one.
   *
   * @param taskName the task's name
   * @param input the input
   * @param output the class of the result
   * @param <O> the result
   * @return the result; fails with a {@link TaskException}
   */
  default <O> Future<O> call(String taskName, @Nullable Object input, Class<O> output) {
    return call(TaskType.of(taskName, Object.class, output), input);
  }

  /**
   * Submits a task and awaits its result, which has a class, in one.
   *
   * @param taskName the task's name
   * @param input the input
   * @param output the class of the result
   * @param options what is asked for beyond the task itself
   * @param <O> the result
   * @return the result; fails with a {@link TaskException}
   */
  default <O> Future<O> call(
      String taskName, @Nullable Object input, Class<O> output, SubmitOptions options) {
    return call(TaskType.of(taskName, Object.class, output), input, options);
  }

  /**
   * Submits a task and awaits its result in one.
   *
   * @param taskName the task's name
   * @param input the input
   * @param options what is asked for beyond the task itself
   * @return the result; fails with a {@link TaskException}
   */
  default Future<Object> call(String taskName, @Nullable Object input, SubmitOptions options) {
    return call(TaskType.untyped(taskName), input, options);
  }

  /**
   * Submits a task and awaits its result in one.
   *
   * @param taskName the task's name
   * @param input the input
   * @return the result; fails with a {@link TaskException}
   */
  default Future<Object> call(String taskName, @Nullable Object input) {
    return call(TaskType.untyped(taskName), input);
  }

  /**
   * Submits a raw task and awaits its result in one.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param body the bytes
   * @return the result; fails with a {@link TaskException}
   */
  default Future<Buffer> call(String taskName, Raw raw, Buffer body) {
    return call(TaskType.raw(taskName), body);
  }

  /**
   * Submits a task whose result nobody wants, whatever the options say of it.
   *
   * @param type the task's name and types
   * @param input the input
   * @param options what is asked for beyond the task itself
   * @param <I> the input
   * @param <O> the result
   * @return completes with the task's id when the broker has accepted it; fails with a {@link TaskException}
   */
  <I, O> Future<String> send(TaskType<I, O> type, @Nullable I input, SubmitOptions options);

  /**
   * Submits a task whose result nobody wants.
   *
   * @param type the task's name and types
   * @param input the input
   * @param <I> the input
   * @param <O> the result
   * @return completes with the task's id when the broker has accepted it; fails with a {@link TaskException}
   */
  default <I, O> Future<String> send(TaskType<I, O> type, @Nullable I input) {
    return send(type, input, SubmitOptions.noResponse());
  }

  /**
   * Submits a task whose result nobody wants.
   *
   * @param taskName the task's name
   * @param input the input
   * @return completes with the task's id when the broker has accepted it; fails with a {@link TaskException}
   */
  default Future<String> send(String taskName, @Nullable Object input) {
    return send(TaskType.untyped(taskName), input);
  }

  /**
   * Submits a raw task whose result nobody wants.
   *
   * @param taskName the task's name
   * @param raw the marker
   * @param body the bytes
   * @return completes with the task's id when the broker has accepted it; fails with a {@link TaskException}
   */
  default Future<String> send(String taskName, Raw raw, Buffer body) {
    return send(TaskType.raw(taskName), body);
  }

  /**
   * Awaits the result of a task that was submitted before by a queue with the same {@code clientId}: by this one, or by one
   * of a process that has ended. The result is waited for up to {@code resultTimeout}, counted from now; its handler may
   * have finished long ago, or not have begun. A result that has reached a handle once, or waited longer than {@code
   * resultsKept}, is gone, and the wait for it is in vain.
   *
   * <p>An id that never was, or was another client's, cannot be told from a task that still runs.
   *
   * @param id what {@link TaskHandle#id()} was when it was submitted; keep it where it survives, together with what is to
   *     be done with the result
   * @param type the task's name and types
   * @param <O> the result
   * @return a handle whose {@link TaskHandle#result()} has the same ends as that of a submitted task
   * @throws UnsupportedOptionException where the transport has no {@link Feature#DURABLE_RESULTS}, or the queue no {@code
   *     clientId}
   */
  <O> TaskHandle<O> attach(String id, TaskType<?, O> type);
}
