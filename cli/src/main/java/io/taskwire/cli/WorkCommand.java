/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.HandlerOptions;
import io.taskwire.QueueClosedException;
import io.taskwire.TaskQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskwire work}. */
@Command(
    name = "work",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Handles tasks until it gets SIGTERM or SIGINT; then it takes no more, and ends when those running are done,"
          + " after drainTimeout (30s) in any case.",
      "Writes \"ready NAME\" to stderr when the broker knows the handler. While the broker is down it goes on trying,"
          + " unless the URI says otherwise (retry=off)."
    },
    footer = {"", ExitCode.HELP})
final class WorkCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin
  private BrokerOptions broker = new BrokerOptions();

  @Option(names = "--task", paramLabel = "NAME", required = true, description = "The task's name.")
  private String task = "";

  @ArgGroup
  private FormatOptions format = new FormatOptions();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "How many tasks at once (default: the processors for --exec, 64 for --builtin).")
  private @Nullable Integer concurrency;

  @Option(
      names = "--progress",
      description =
          "Report each line that the command of --exec writes to stderr as DONE/TOTAL, such as 3/10, as progress.")
  private boolean progress;

  @ArgGroup(multiplicity = "1")
  private Handler handler = new Handler();

  @Mixin
  private LogOptions log = new LogOptions();

  WorkCommand(Streams streams) {
    this.streams = streams;
  }

  /** What handles the tasks. */
  private static final class Handler {

    @Option(
        names = "--exec",
        paramLabel = "COMMAND",
        required = true,
        description =
            "Run this with /bin/sh for each task: the payload is its stdin, its stdout is the result. If it"
                + " exits with anything but 0, the task fails with its stderr as the message.")
    private @Nullable String command;

    @Option(
        names = "--builtin",
        paramLabel = "NAME",
        required = true,
        converter = Builtin.Converter.class,
        description =
            "Use one of echo, reverse, upper, fail, sleep:MILLISECONDS, and count:N, which reports progress N"
                + " times.")
    private Builtin.@Nullable Choice builtin;
  }

  @Override
  public Integer call() throws InterruptedException {
    log.applyForWorker();
    if (progress && handler.command == null) {
      throw new IllegalArgumentException(
          "--progress is about the command of --exec; --builtin count:N reports progress by itself");
    }
    TaskQueue queue = broker.openPatiently(new FailureReport(streams.err()));
    StopSignal signal = StopSignal.closing(queue);
    try {
      register(queue, format.format());
      queue.start().await();
      streams.err().println("ready " + task);
      signal.await();
    } catch (QueueClosedException e) {
      signal.await(); // it came before the handler was ready
    } catch (RuntimeException e) {
      if (signal.forget()) {
        queue.close();
        throw e;
      }
      signal.await();
    }
    return ExitCode.DONE;
  }

  private <T> void register(TaskQueue queue, Format<T> as) {
    HandlerOptions options = HandlerOptions.create();
    if (concurrency != null) {
      options = options.concurrency(concurrency);
    }
    if (handler.builtin != null) {
      queue.onAsync(as.type(task), options, handler.builtin.handler(as));
    } else if (handler.command != null) {
      queue.on(
          as.type(task),
          options,
          new ShellHandler<>(as, handler.command, broker.maxPayload(), progress));
    }
  }
}
