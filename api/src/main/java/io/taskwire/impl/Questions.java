/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.taskwire.TaskException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked of the broker beside tasks: each answer comes, or fails in time, at the latest when the queue closes. */
final class Questions {

  private final TimerWheel wheel;
  private final Duration limit;
  private final Set<Question<?>> open = new HashSet<>();
  private boolean closed;

  Questions(TimerWheel wheel, Duration limit) {
    this.wheel = wheel;
    this.limit = limit;
  }

  /** Passes an answer on when it comes; there is no limit but the end of the queue. */
  <T> void ask(Future<T> asked, Promise<T> answer) {
    add(new Question<>(answer, null), asked);
  }

  /** Passes an answer on when it comes within {@code acceptTimeout}. */
  <T> void ask(Future<T> asked, Promise<T> answer, Supplier<TaskException> tooLate) {
    Question<T> question = new Question<>(answer, tooLate);
    wheel.add(question, limit);
    add(question, asked);
  }

  private <T> void add(Question<T> question, Future<T> asked) {
    if (closed) {
      question.queueClosed();
      return;
    }
    open.add(question);
    asked.onComplete(result -> {
      remove(question);
      if (result.succeeded()) {
        Answers.succeed(question.answer, result.result());
      } else {
        Answers.fail(question.answer, result.cause());
      }
    });
  }

  private void remove(Question<?> question) {
    open.remove(question);
    wheel.remove(question);
  }

  void close() {
    closed = true;
    for (Question<?> question : List.copyOf(open)) {
      question.queueClosed();
    }
  }

  private final class Question<T> extends TimedTask {

    private final Promise<T> answer;
    private final @Nullable Supplier<TaskException> tooLate;

    Question(Promise<T> answer, @Nullable Supplier<TaskException> tooLate) {
      this.answer = answer;
      this.tooLate = tooLate;
    }

    void queueClosed() {
      remove(this);
      Answers.fail(
          answer,
          new QueueClosedException(
              "the queue was closed before the answer came", null, null, true, null));
    }

    @Override
    void expired() {
      open.remove(this);
      if (tooLate != null) {
        Answers.fail(answer, tooLate.get());
      }
    }

    @Override
    void runOnLoop() {
      throw new IllegalStateException("a question is never handed to the loop");
    }
  }
}
