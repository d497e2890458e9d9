/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.rabbitmq.QueueStats;
import io.taskwire.rabbitmq.RabbitmqAdmin;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be done about RabbitMQ's queues. */
final class RabbitmqBrokerAdmin implements BrokerAdmin {

  private static final String ACTIONS =
      "queues [NAME...], purge NAME and delete NAME [--if-unused] [--if-empty]";

  private static final Set<String> CONDITIONS =
      Set.of(AdminCommand.IF_UNUSED, AdminCommand.IF_EMPTY);

  private final RabbitmqAdmin admin;

  private RabbitmqBrokerAdmin(RabbitmqAdmin admin) {
    this.admin = admin;
  }

  /** Opens it; the management plugin is where the URI says unless {@code management} does. */
  static RabbitmqBrokerAdmin open(String uri, @Nullable String management) {
    String whole = management == null
        ? uri
        : uri + (uri.contains("?") ? "&" : "?") + "management="
            + URLEncoder.encode(management, StandardCharsets.UTF_8);
    return new RabbitmqBrokerAdmin(RabbitmqAdmin.open(whole));
  }

  @Override
  public Report run(String action, List<String> arguments) {
    return ask(action, arguments).await();
  }

  private Future<Report> ask(String action, List<String> arguments) {
    List<String> names =
        arguments.stream().filter(argument -> !CONDITIONS.contains(argument)).toList();
    boolean conditions = names.size() < arguments.size();
    if (action.equals("queues") && !conditions) {
      return (names.isEmpty() ? admin.queues() : admin.queues(names))
          .map(RabbitmqBrokerAdmin::queues);
    }
    if (action.equals("purge") && names.size() == 1 && !conditions) {
      return admin.purge(names.get(0)).map(count -> Report.value("purged", count));
    }
    if (action.equals("delete") && names.size() == 1) {
      return admin
          .delete(
              names.get(0),
              arguments.contains(AdminCommand.IF_UNUSED),
              arguments.contains(AdminCommand.IF_EMPTY))
          .map(count -> Report.value("deleted", count));
    }
    String all = arguments.isEmpty() ? action : action + " " + String.join(" ", arguments);
    throw new IllegalArgumentException("\"" + all + "\" is none of " + ACTIONS);
  }

  private static Report queues(List<QueueStats> queues) {
    return Report.table(
        List.of("queue", "ready", "consumers"),
        queues.stream().map(queue -> List.of(queue.name(), queue.ready(), queue.consumers())));
  }

  @Override
  public void close() {
    admin.close();
  }
}
