/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.NoServerException;
import io.taskwire.gearman.connection.ServerLinks;
import java.time.Duration;
import java.util.stream.Collectors;

/** Says why no server can be had, server by server. */
final class NoServers {

  private NoServers() {}

  /**
   * Makes the exception.
   *
   * @param waited zero if waiting is no use
   */
  static NoServerException of(ServerLinks links, Duration waited) {
    String servers =
        links.statuses().stream().map(NoServers::describe).collect(Collectors.joining("; "));
    String when = waited.isZero()
        ? "no server is connected, and none will be"
        : "no server was connected within " + waited.toMillis() + " ms";
    Throwable cause = links.statuses().stream()
        .map(GearmanServerStatus::cause)
        .filter(why -> why != null)
        .findFirst()
        .orElse(null);
    return new NoServerException(when + ": " + servers, cause);
  }

  private static String describe(GearmanServerStatus status) {
    Throwable cause = status.cause();
    return status.server() + " is " + status.state()
        + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
