/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** A request whose answer names no job, and the wait for it. */
final class Question<T extends Response> implements Reply {

  private final GearmanConnection connection;
  private final Request request;
  private final Class<T> answerType;
  private final Promise<T> answer = Promise.promise();

  private Question(GearmanConnection connection, Request request, Class<T> answerType) {
    this.connection = connection;
    this.request = request;
    this.answerType = answerType;
  }

  /**
   * Asks.
   *
   * @return the answer; fails with a {@link GearmanException} when the server refuses, is lost or does not answer in time
   */
  static <T extends Response> Future<T> ask(
      GearmanConnection connection, Request request, Class<T> answerType, Duration limit) {
    Question<T> question = new Question<>(connection, request, answerType);
    long timer = connection
        .context()
        .owner()
        .setTimer(Math.max(1, limit.toMillis()), id -> question.expired(limit));
    connection.send(request, question);
    return question
        .answer
        .future()
        .onComplete(done -> connection.context().owner().cancelTimer(timer));
  }

  private void expired(Duration limit) {
    answer.tryFail(new GearmanTimeoutException(
        connection.broker() + " has not answered " + request.type() + " within " + limit.toMillis()
            + " ms",
        null));
  }

  @Override
  public boolean accepts(Response response) {
    return answerType.isInstance(response) || response instanceof ErrorResponse;
  }

  /** Some servers pass over what they do not know without a word. */
  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void answered(Response response) {
    if (response instanceof ErrorResponse error) {
      answer.tryFail(new GearmanException(
          connection.broker() + " refuses " + request.type() + ": " + error.code() + " "
              + error.text(),
          null));
    } else {
      answer.tryComplete(answerType.cast(response));
    }
  }

  @Override
  public void skipped() {
    answer.tryFail(new GearmanException(
        connection.broker() + " does not know " + request.type()
            + ": it has answered a later request before it",
        null));
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    answer.tryFail(new GearmanConnectionException(
        "the connection to " + connection.broker() + " was lost before it answered "
            + request.type(),
        cause));
  }
}
