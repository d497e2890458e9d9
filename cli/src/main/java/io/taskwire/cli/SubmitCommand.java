/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.Priority;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskwire submit}. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Submits a task whose payload is stdin, and writes its result to stdout, both exactly as they are.",
      "A broker that is down is an error at once (exit code 6) unless the URI says how to retry (retry=1s)."
    },
    footer = {"", ExitCode.HELP})
final class SubmitCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin
  private BrokerOptions broker = new BrokerOptions();

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "The task's name; needed for all but --status.")
  private String task = "";

  @ArgGroup
  private FormatOptions format = new FormatOptions();

  @Option(
      names = "--no-response",
      description = "End when the broker has accepted the task; nothing is written to stdout.")
  private boolean noResponse;

  @Option(
      names = "--background",
      description = "The same, and write the task's id to stdout, by which --status asks for it.")
  private boolean background;

  @Option(
      names = "--progress",
      description = "Write \"progress DONE/TOTAL\" to stderr whenever the worker reports it.")
  private boolean progress;

  @Option(
      names = "--status",
      paramLabel = "HANDLE",
      description =
          "Submit nothing, and write how it stands with a task, by what --background wrote: waiting, running (with its"
              + " progress on Gearman), delayed or buried (on beanstalkd), or unknown when it is done or never was.")
  private @Nullable String status;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "How long the result is waited for from acceptance, such as 500ms, 10s or 5m (default: 1h).")
  private @Nullable Duration timeout;

  @Option(names = "--priority", paramLabel = "high|normal|low", description = "How urgent it is.")
  private Priority priority = Priority.NORMAL;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Keep it from workers for so long, such as 5s.")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--unique",
      paramLabel = "KEY",
      description = "Join a waiting or running task of the same name and key.")
  private @Nullable String unique;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Submit it so often, many at once, and show the rate on stderr in place of the results.")
  private @Nullable Long count;

  @Mixin
  private LogOptions log = new LogOptions();

  SubmitCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    log.applyForOneTask();
    if (status != null) {
      Report report = BrokerAdmin.taskStatus(broker.uri(), status);
      streams.out().write(report.text().getBytes(StandardCharsets.UTF_8));
      return ExitCode.DONE;
    }
    if (task.isEmpty()) {
      throw new IllegalArgumentException("--task NAME is missing");
    }
    if (count != null && count < 1) {
      throw new IllegalArgumentException("--count must be 1 or more: " + count);
    }
    if (progress && (noResponse || background || count != null)) {
      throw new IllegalArgumentException(
          "--progress needs a result to wait for, and one task: no --no-response, --background or --count");
    }
    if (background && count != null) {
      throw new IllegalArgumentException(
          "--background writes the id of one task; use --no-response with --count");
    }
    return submit(format.format());
  }

  private <T> int submit(Format<T> as) throws IOException, InterruptedException {
    SubmitOptions options = options();
    T payload = as.read(Payload.read(streams.in(), broker.maxPayload()));
    try (TaskQueue queue = broker.open()) {
      if (count != null) {
        return new ManySubmits<>(queue, as.type(task), payload, options).run(count, streams.err());
      }
      TaskHandle<T> handle = queue.task(as.type(task), payload, options).await();
      if (background) {
        streams.out().write((handle.id() + "\n").getBytes(StandardCharsets.UTF_8));
      } else if (!noResponse) {
        streams.out().write(as.write(result(handle)));
      }
      return ExitCode.DONE;
    }
  }

  private <T> T result(TaskHandle<T> handle) {
    if (progress) {
      handle.onProgress(
          report -> streams.err().println("progress " + report.done() + "/" + report.total()));
    }
    return handle.result().await();
  }

  private SubmitOptions options() {
    SubmitOptions options =
        noResponse || background ? SubmitOptions.noResponse() : SubmitOptions.create();
    options = options.priority(priority).delay(delay);
    if (timeout != null) {
      options = options.timeout(timeout);
    }
    return unique == null ? options : options.unique(unique);
  }
}
