/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.AsyncContextTaskHandler;
import io.taskwire.Capabilities;
import io.taskwire.ContextTaskHandler;
import io.taskwire.HandlerOptions;
import io.taskwire.Registration;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue that remembers each future it gave, so that after its close it can be told which of them are pending. */
final class AccountedQueue implements TaskQueue {

  /** One future and what it is the future of. */
  private record Given(String what, Future<?> future) {}

  private final TaskQueue queue;

  // Test threads, event loops and handlers meet at it.
  private final List<Given> given = new ArrayList<>();

  AccountedQueue(TaskQueue queue) {
    this.queue = queue;
  }

  TaskQueue delegate() {
    return queue;
  }

  /** Names what is pending; the results of accepted tasks count whether or not anybody asked for them. */
  List<String> pending() {
    List<Given> all;
    synchronized (given) {
      all = List.copyOf(given);
    }
    List<String> pending = new ArrayList<>();
    for (Given one : all) {
      if (!one.future().isComplete()) {
        pending.add(one.what());
      } else if (one.future().result() instanceof TaskHandle<?> handle
          && !handle.result().isComplete()) {
        pending.add("result of " + handle.taskName() + " " + handle.id());
      }
    }
    return pending;
  }

  private <T> Future<T> account(String what, Future<T> future) {
    synchronized (given) {
      given.add(new Given(what, future));
    }
    return future;
  }

  private Registration account(Registration registration) {
    account("live of " + registration.taskName(), registration.live());
    return new Registration() {
      @Override
      public String taskName() {
        return registration.taskName();
      }

      @Override
      public Future<Void> live() {
        return registration.live();
      }

      @Override
      public Future<Void> remove() {
        return account("remove of " + taskName(), registration.remove());
      }
    };
  }

  @Override
  public Future<Void> start() {
    return account("start", queue.start());
  }

  @Override
  public Future<Void> ping() {
    return account("ping", queue.ping());
  }

  @Override
  public Capabilities capabilities() {
    return queue.capabilities();
  }

  @Override
  public <T> T awaiting(Future<T> future) {
    return queue.awaiting(future);
  }

  @Override
  public Future<Void> shutdown() {
    return account("shutdown", queue.shutdown());
  }

  @Override
  public void close() {
    queue.close();
  }

  @Override
  public <I, O> Registration on(
      TaskType<I, O> type, HandlerOptions options, ContextTaskHandler<I, O> handler) {
    return account(queue.on(type, options, handler));
  }

  @Override
  public <I, O> Registration onAsync(
      TaskType<I, O> type, HandlerOptions options, AsyncContextTaskHandler<I, O> handler) {
    return account(queue.onAsync(type, options, handler));
  }

  @Override
  public <I, O> Future<TaskHandle<O>> task(
      TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    return account("submit of " + type.name(), queue.task(type, input, options));
  }

  @Override
  public <I, O> Future<O> call(TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    return account("call of " + type.name(), queue.call(type, input, options));
  }

  @Override
  public <I, O> Future<String> send(TaskType<I, O> type, @Nullable I input, SubmitOptions options) {
    return account("send of " + type.name(), queue.send(type, input, options));
  }

  @Override
  public <O> TaskHandle<O> attach(String id, TaskType<?, O> type) {
    TaskHandle<O> handle = queue.attach(id, type);
    account("result of " + type.name() + " " + id, handle.result());
    return handle;
  }
}
