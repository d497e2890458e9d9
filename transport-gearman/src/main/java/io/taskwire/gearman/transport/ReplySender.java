/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Schedule;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends outcomes to callers that wait for them under an address. */
final class ReplySender {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 60;

  private final GearmanConnection connection;
  private final Schedule schedule;

  ReplySender(GearmanConnection connection, Schedule schedule) {
    this.connection = connection;
    this.schedule = schedule;
  }

  /**
   * Sends an outcome. A server that refuses it, because it holds as many for this caller as it may, is asked again each
   * second for a minute.
   *
   * @return completes when the server has it, fails as {@link OwnJob#submit} does
   */
  Future<Void> send(ReplyAddress to, Map<String, String> outcome, Buffer payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(Headers.ID, to.id());
    headers.putAll(outcome);
    return send(to, Envelope.encode(headers, payload), 1);
  }

  private Future<Void> send(ReplyAddress to, Buffer body, int attempt) {
    return OwnJob.submit(connection, to.function(), to.id(), body).recover(cause -> {
      if (!OwnJob.isRefusal(cause) || attempt == ATTEMPTS) {
        return Future.failedFuture(cause);
      }
      Promise<Void> later = Promise.promise();
      schedule.after(PAUSE, () -> send(to, body, attempt + 1).onComplete(later));
      return later.future();
    });
  }
}
