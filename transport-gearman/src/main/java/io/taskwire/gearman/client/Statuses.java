/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.Progress;
import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.JobStatus;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.ServerLink;
import io.taskwire.gearman.connection.ServerLinks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Asks servers for the status of jobs. */
final class Statuses {

  private final ServerLinks links;
  private final Duration limit;

  Statuses(ServerLinks links, Duration limit) {
    this.links = links;
    this.limit = limit;
  }

  Future<JobStatus> ofHandle(String server, String handle) {
    return connection(server)
        .compose(
            connection -> Question.ask(connection, new GetStatus(handle), StatusRes.class, limit))
        .map(said -> new JobStatus(
            server,
            handle,
            said.known(),
            said.running(),
            progress(said.numerator(), said.denominator()),
            OptionalLong.empty()));
  }

  Future<JobStatus> of(ClientJob job) {
    if (job.handle().isEmpty()) {
      return Future.failedFuture(new GearmanException(
          "the status of " + job + " cannot be asked for: no server has acknowledged it", null));
    }
    return ofHandle(job.server(), job.handle()).onSuccess(job::said);
  }

  /** Asks all connected servers, and gives what the one says that knows most. */
  Future<JobStatus> ofUnique(String unique) {
    List<Future<JobStatus>> answers = new ArrayList<>();
    for (ServerLink link : links.connected()) {
      answers.add(connection(link.name())
          .compose(connection ->
              Question.ask(connection, new GetStatusUnique(unique), StatusResUnique.class, limit))
          .map(said -> new JobStatus(
              link.name(),
              unique,
              said.known(),
              said.running(),
              progress(said.numerator(), said.denominator()),
              OptionalLong.of(said.clients()))));
    }
    return Future.join(answers).map(all -> {
      JobStatus best = new JobStatus("", unique, false, false, null, OptionalLong.empty());
      for (Future<JobStatus> answer : answers) {
        JobStatus status = answer.result();
        if ((status.known() && !best.known()) || (status.running() && !best.running())) {
          best = status;
        }
      }
      return best;
    });
  }

  /** Gives the connection to a server of the client's. */
  Future<GearmanConnection> connection(String server) {
    ServerLink link = links.named(server);
    if (link == null) {
      return Future.failedFuture(
          new GearmanException(server + " is none of this client's servers: " + links.all(), null));
    }
    GearmanConnection connection = link.connection();
    return connection == null
        ? Future.failedFuture(
            new GearmanConnectionException("the server is not connected: " + link, null))
        : Future.succeededFuture(connection);
  }

  private static @Nullable Progress progress(long numerator, long denominator) {
    return numerator == 0 && denominator == 0 ? null : new Progress(numerator, denominator);
  }
}
