/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.TaskQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskwire ping}. */
@Command(
    name = "ping",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Connects to the broker and asks it for an answer.",
      "A broker that is down is an error at once (exit code 6) unless the URI says how to retry (retry=1s)."
    },
    footer = {"", ExitCode.HELP})
final class PingCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin
  private BrokerOptions broker = new BrokerOptions();

  @Mixin
  private LogOptions log = new LogOptions();

  PingCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    log.applyForOneTask();
    long begin = System.nanoTime();
    try (TaskQueue queue = broker.open()) {
      queue.ping().await();
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      String line = "the broker answers: " + millis + " ms with connecting\n";
      streams.out().write(line.getBytes(StandardCharsets.UTF_8));
    }
    return ExitCode.DONE;
  }
}
