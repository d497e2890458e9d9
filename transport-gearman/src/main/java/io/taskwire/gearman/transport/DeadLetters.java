/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.TaskIds;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps failed tasks as background jobs of a function beside their own. See docs/WIRE.md, "Gearman". */
final class DeadLetters {

  private static final String SUFFIX = ".dead";

  // Under the names of users' headers, so that a handler of dead letters finds them.
  private static final String WHY = Headers.USER + "dead-";

  private final GearmanConnection connection;
  private final TaskIds ids;

  DeadLetters(GearmanConnection connection, TaskIds ids) {
    this.connection = connection;
    this.ids = ids;
  }

  static String functionOf(String taskName) {
    return taskName + SUFFIX;
  }

  /**
   * Keeps a task: its payload, the headers that belong to it, and why it failed.
   *
   * @return completes when the server has it, fails as {@link OwnJob#submit} does
   */
  Future<Void> keep(String taskName, String id, Envelope request, Failure failure) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, value) -> {
      if (name.startsWith(Headers.USER) || name.equals(Headers.SERIALIZER)) {
        headers.put(name, value);
      }
    });
    headers.put(WHY + Headers.ID, id);
    failure.toHeaders().forEach((name, value) -> headers.put(WHY + name, value));
    return OwnJob.submit(
        connection, functionOf(taskName), ids.next(), Envelope.encode(headers, request.payload()));
  }
}
