/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.Progress;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress and partial data of one task on their way to its caller; made only for tasks that have any. */
final class TaskEvents {

  /** How many chunks are kept for a listener that comes late. */
  static final int KEPT_CHUNKS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(TaskEvents.class);

  private final ArrayDeque<Buffer> kept = new ArrayDeque<>(4);
  private @Nullable Progress last;
  private @Nullable Consumer<Progress> onProgress;
  private @Nullable Consumer<Buffer> onData;

  void progress(Progress progress) {
    last = progress;
    if (onProgress != null) {
      call(onProgress, progress);
    }
  }

  void data(Buffer chunk) {
    if (onData != null) {
      call(onData, chunk);
    } else if (kept.size() < KEPT_CHUNKS) {
      kept.add(chunk);
    }
  }

  void onProgress(Consumer<Progress> listener) {
    if (onProgress == null && last != null) {
      call(listener, last);
    }
    onProgress = onProgress == null ? listener : onProgress.andThen(listener);
  }

  void onData(Consumer<Buffer> listener) {
    if (onData == null) {
      kept.forEach(chunk -> call(listener, chunk));
      kept.clear();
    }
    onData = onData == null ? listener : onData.andThen(listener);
  }

  private static <T> void call(Consumer<T> listener, T event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.warn("A task's progress or data listener failed and is ignored", e);
    }
  }
}
