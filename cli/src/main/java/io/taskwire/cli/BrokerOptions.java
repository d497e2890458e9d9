/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.QueueListener;
import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which broker, and what a command does while it is down. */
final class BrokerOptions {

  private static final String FILE = "config";

  @CommandLine.Option(
      names = "--queue",
      paramLabel = "URI",
      description =
          "The broker, with options: gearman://host:4730?connectTimeout=2s. By default TASKWIRE_URL, which also keeps"
              + " a password out of the list of processes.")
  private @Nullable String queue;

  /** Opens a queue that takes a broker that is down for an error, unless the configuration says how to retry. */
  TaskQueue open() {
    QueueOptions.Builder options = options();
    boolean saysHowToRetry = setting(CoreOptions.RETRY) != null
        || setting(CoreOptions.RETRY_ATTEMPTS) != null
        || fromOutside(FILE) != null;
    return TaskQueue.open(saysHowToRetry ? options.build() : options.retryOff().build());
  }

  /** Opens a queue that waits for a broker that is down, unless the configuration says otherwise. */
  TaskQueue openPatiently(QueueListener listener) {
    return TaskQueue.open(options().listener(listener).build());
  }

  /** The broker's URI, for what is no queue. */
  String uri() {
    String uri = url();
    if (uri == null) {
      throw nameless();
    }
    return uri;
  }

  /** The most bytes a payload has, as far as is known before the queue is opened. */
  int maxPayload() {
    String written = setting(CoreOptions.MAX_PAYLOAD);
    return written == null
        ? CoreOptions.MAX_PAYLOAD.defaultValue()
        : CoreOptions.MAX_PAYLOAD.parse(written);
  }

  private QueueOptions.Builder options() {
    if (url() == null && fromOutside(FILE) == null) {
      // The library would take memory:, where a process of its own finds nobody.
      throw nameless();
    }
    QueueOptions.Builder options = QueueOptions.builder();
    return queue == null ? options : options.uri(queue);
  }

  private static IllegalArgumentException nameless() {
    return new IllegalArgumentException("no broker is named: give --queue URI or set TASKWIRE_URL");
  }

  private @Nullable String url() {
    return queue == null ? fromOutside(CoreOptions.URL.key()) : queue;
  }

  private @Nullable String setting(Option<?> option) {
    String url = url();
    Map<String, String> query = url == null ? Map.of() : BrokerUri.parse(url).query();
    String written = query.get(option.key());
    return written == null ? fromOutside(option.key()) : written;
  }

  private static @Nullable String fromOutside(String key) {
    String property = System.getProperty("taskwire." + key);
    String found = property == null ? System.getenv(Option.environmentName(key)) : property;
    return found == null || found.isBlank() ? null : found;
  }
}
