/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A task of an earlier life whose result is looked out for on several hosts: the first end that comes is its end. */
final class AttachedEverywhere implements AcceptedTask {

  private final String id;
  private final SubmitListener listener;
  private final List<AcceptedTask> parts = new ArrayList<>();
  private int open;
  private boolean ended;

  AttachedEverywhere(String id, SubmitListener listener) {
    this.id = id;
    this.listener = listener;
  }

  void add(AcceptedTask part) {
    parts.add(part);
    if (ended) {
      part.abandon();
    }
  }

  /** To be given to the transport of one host. */
  SubmitListener listenerOfOne() {
    open++;
    return new OfOne();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void abandon() {
    ended = true;
    parts.forEach(AcceptedTask::abandon);
  }

  @Override
  public Future<Boolean> cancel() {
    return Future.all(parts.stream().map(AcceptedTask::cancel).toList())
        .map(answers -> answers.<Boolean>list().contains(true));
  }

  @Override
  public Future<TaskStatus> status() {
    return Future.all(parts.stream().map(AcceptedTask::status).toList())
        .map(answers -> answers.<TaskStatus>list().stream()
            .filter(status -> status.state() != TaskStatus.State.UNKNOWN)
            .findFirst()
            .orElseGet(() -> new TaskStatus(TaskStatus.State.UNKNOWN, null)));
  }

  private final class OfOne implements SubmitListener {

    private boolean isTheEnd() {
      if (ended) {
        return false;
      }
      abandon();
      return true;
    }

    @Override
    public void accepted(AcceptedTask task) {
      throw new IllegalStateException("an attached task was accepted long ago");
    }

    @Override
    public void rejected(TaskException cause) {
      lost(cause);
    }

    @Override
    public void progress(long done, long total) {
      if (!ended) {
        listener.progress(done, total);
      }
    }

    @Override
    public void data(Buffer chunk) {
      if (!ended) {
        listener.data(chunk);
      }
    }

    @Override
    public void completed(Buffer payload, Map<String, String> headers) {
      if (isTheEnd()) {
        listener.completed(payload, headers);
      }
    }

    @Override
    public void failed(Failure failure) {
      if (isTheEnd()) {
        listener.failed(failure);
      }
    }

    @Override
    public void lost(TaskException cause) {
      open--;
      if (open == 0 && isTheEnd()) {
        listener.lost(cause);
      }
    }
  }
}
