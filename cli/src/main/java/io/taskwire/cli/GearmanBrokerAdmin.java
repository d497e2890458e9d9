/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.gearman.GearmanAdmin;
import io.vertx.core.Future;
import java.util.List;

/** The text commands of Gearman's servers. */
final class GearmanBrokerAdmin implements BrokerAdmin {

  private static final String ACTIONS =
      "status, prioritystatus, workers, show-jobs, show-unique-jobs, cancel HANDLE, maxqueue FUNCTION [N | HIGH NORMAL"
          + " LOW], create FUNCTION, drop FUNCTION, version, getpid, verbose and shutdown [graceful]";

  private final GearmanAdmin admin;

  GearmanBrokerAdmin(String uri) {
    admin = GearmanAdmin.open(uri);
  }

  @Override
  public Report run(String action, List<String> arguments) {
    return ask(action, arguments).await();
  }

  private Future<Report> ask(String action, List<String> arguments) {
    // With the number of arguments, so that none is ignored.
    return switch (action + " " + arguments.size()) {
      case "status 0" ->
        admin
            .status()
            .map(rows -> Report.table(
                List.of("function", "total", "running", "waiting", "workers"),
                rows.stream()
                    .map(row -> List.of(
                        row.function(),
                        row.total(),
                        row.running(),
                        row.waiting(),
                        row.workers()))));
      case "prioritystatus 0" ->
        admin
            .priorityStatus()
            .map(rows -> Report.table(
                List.of("function", "high", "normal", "low", "workers"),
                rows.stream()
                    .map(row -> List.of(
                        row.function(), row.high(), row.normal(), row.low(), row.workers()))));
      case "workers 0" ->
        admin
            .workers()
            .map(rows -> Report.table(
                List.of("fd", "address", "id", "functions"),
                rows.stream()
                    .map(row -> List.of(
                        row.fileDescriptor(), row.address(), row.clientId(), row.functions()))));
      case "show-jobs 0" ->
        admin
            .jobs()
            .map(rows -> Report.table(
                List.of("handle", "retries", "cancelled", "background"),
                rows.stream()
                    .map(row ->
                        List.of(row.handle(), row.retries(), row.cancelled(), row.background()))));
      case "show-unique-jobs 0" ->
        admin
            .uniqueKeys()
            .map(keys -> Report.table(List.of("unique"), keys.stream().map(List::of)));
      case "version 0" -> admin.version().map(version -> Report.value("version", version));
      case "getpid 0" -> admin.pid().map(pid -> Report.value("pid", pid));
      case "verbose 0" -> admin.verbosity().map(level -> Report.value("verbose", level));
      case "cancel 1" -> done(admin.cancelJob(arguments.get(0)));
      case "create 1" -> done(admin.createFunction(arguments.get(0)));
      case "drop 1" -> done(admin.dropFunction(arguments.get(0)));
      case "maxqueue 1" -> done(admin.unlimitedQueue(arguments.get(0)));
      case "maxqueue 2" -> done(admin.maxQueue(arguments.get(0), limit(arguments.get(1))));
      case "maxqueue 4" ->
        done(admin.maxQueue(
            arguments.get(0),
            limit(arguments.get(1)),
            limit(arguments.get(2)),
            limit(arguments.get(3))));
      case "shutdown 0" -> done(admin.shutdownServer());
      case "shutdown 1" -> {
        if (!arguments.get(0).equals("graceful")) {
          throw unknown(action, arguments);
        }
        yield done(admin.shutdownServerGracefully());
      }
      default -> throw unknown(action, arguments);
    };
  }

  private static Future<Report> done(Future<Void> done) {
    return done.map(ignored -> Report.done());
  }

  private static int limit(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a number of jobs", e);
    }
  }

  private static IllegalArgumentException unknown(String action, List<String> arguments) {
    String all = arguments.isEmpty() ? action : action + " " + String.join(" ", arguments);
    return new IllegalArgumentException("\"" + all + "\" is none of " + ACTIONS);
  }

  @Override
  public void close() {
    admin.close();
  }
}
