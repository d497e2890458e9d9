/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the broker is asked, one question after the other, in amqp-client's blocking way; on a thread that is there only while
 * there are questions. Called on the event loop, which also gets the answers.
 */
final class Questions {

  /** What may wait; one more fails. */
  private static final int MOST = 10_000;

  private static final int IDLE_SECONDS = 2;

  /** A question that brings its own channel, or needs none. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws Exception;
  }

  private final AmqpConnection owner;
  private final Connection connection;
  private final ThreadPoolExecutor executor;

  // Only the event loop.
  private final Set<Promise<?>> open = new LinkedHashSet<>();
  private Promise<Void> nextAnswer = Promise.promise();
  private @Nullable Throwable endedBy;

  // Only the asking thread.
  private @Nullable Channel shared;

  Questions(AmqpConnection owner, ConnectionThreads threads, Connection connection) {
    this.owner = owner;
    this.connection = connection;
    executor = new ThreadPoolExecutor(
        0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST), threads);
  }

  /** Asks on the channel that these questions share. */
  <T> Future<T> ask(ChannelCall<T> call) {
    return run(asked -> call.on(channel(asked)));
  }

  private Channel channel(Connection asked) throws IOException {
    Channel channel = shared;
    if (channel == null || !channel.isOpen()) {
      channel = create(asked);
      shared = channel;
    }
    return channel;
  }

  /** Opens a channel; blocks. */
  static Channel create(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException(
          "the connection has no more channels: the broker allows " + connection.getChannelMax());
    }
    return channel;
  }

  /** Asks. */
  <T> Future<T> run(Question<T> question) {
    if (endedBy != null) {
      return Future.failedFuture(endedBy);
    }
    Promise<T> answer = Promise.promise();
    try {
      executor.execute(() -> answer(question, answer));
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(
          new RejectedExecutionException(MOST + " questions wait for RabbitMQ's answers", e));
    }
    if (open.isEmpty()) {
      limitNext();
    }
    open.add(answer);
    return answer.future();
  }

  private <T> void answer(Question<T> question, Promise<T> answer) {
    try {
      T result = question.ask(connection);
      owner.inbox().add(() -> {
        answered(answer);
        answer.tryComplete(result);
      });
    } catch (Exception e) {
      owner.inbox().add(() -> failed(answer, e));
    }
  }

  private void failed(Promise<?> answer, Exception cause) {
    Throwable reason = owner.failures().asking(cause);
    if (reason instanceof IOException) {
      // No answer at all, or nothing that can be written: this fails the answer, too.
      owner.end(reason);
    } else {
      answered(answer);
      answer.tryFail(reason);
    }
  }

  private void answered(Promise<?> answer) {
    open.remove(answer);
    nextAnswer.tryComplete();
    if (!open.isEmpty()) {
      limitNext();
    }
  }

  /** amqp-client limits the wait for an answer, but not for a thread that is stuck in writing. */
  private void limitNext() {
    nextAnswer = Promise.promise();
    owner.limit(nextAnswer, "a question");
  }

  /** Fails what has no answer; nothing is asked any more. */
  void end(Throwable cause) {
    endedBy = cause;
    nextAnswer.tryComplete();
    executor.shutdown();
    executor.getQueue().clear();
    List.copyOf(open).forEach(answer -> answer.tryFail(cause));
    open.clear();
  }
}
