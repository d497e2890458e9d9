/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What the caller of one task has heard. A second acceptance or end is an error that shows at once. */
class Heard implements SubmitListener {

  final List<String> reports = new CopyOnWriteArrayList<>();
  private final QueueSide queue;
  private final CompletableFuture<Object> acceptance = new CompletableFuture<>();
  private final CompletableFuture<Object> end = new CompletableFuture<>();
  volatile Map<String, String> resultHeaders = Map.of();

  Heard(QueueSide queue) {
    this.queue = queue;
  }

  @Override
  public void accepted(AcceptedTask task) {
    record(acceptance, task);
  }

  @Override
  public void rejected(TaskException cause) {
    record(acceptance, cause);
  }

  @Override
  public void progress(long done, long total) {
    queue.requireLoop();
    reports.add(done + "/" + total);
  }

  @Override
  public void data(Buffer chunk) {
    queue.requireLoop();
    reports.add(chunk.toString());
  }

  @Override
  public void completed(Buffer payload, Map<String, String> headers) {
    resultHeaders = headers;
    record(end, payload);
  }

  @Override
  public void failed(Failure failure) {
    record(end, failure);
  }

  @Override
  public void lost(TaskException cause) {
    record(end, cause);
  }

  private void record(CompletableFuture<Object> where, Object what) {
    queue.requireLoop();
    if (!where.complete(what)) {
      reports.add("told twice: " + what);
    }
  }

  AcceptedTask task() {
    return (AcceptedTask) get(acceptance);
  }

  TaskException rejection() {
    return (TaskException) get(acceptance);
  }

  String result() {
    return get(end).toString();
  }

  Failure failure() {
    return (Failure) get(end);
  }

  TaskException loss() {
    return (TaskException) get(end);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  String id() {
    return queue.call(task()::id);
  }

  TaskStatus status() {
    return queue.await(task()::status);
  }

  boolean cancel() {
    return queue.await(task()::cancel);
  }

  void abandon() {
    queue.run(task()::abandon);
  }

  private static Object get(CompletableFuture<Object> what) {
    try {
      return what.get(QueueSide.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not heard of", e);
    }
  }
}
