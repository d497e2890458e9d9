/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand, and how commands report what goes wrong. */
@Command(
    name = "taskwire",
    description = "Submits and handles tasks over Gearman, beanstalkd, RabbitMQ and memory.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", ExitCode.HELP})
final class Taskwire implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  private Taskwire() {}

  static CommandLine commandLine(Streams streams) {
    return new CommandLine(new Taskwire())
        .addSubcommand(new SubmitCommand(streams))
        .addSubcommand(new WorkCommand(streams))
        .addSubcommand(new PingCommand(streams))
        .addSubcommand(new AdminCommand(streams))
        .addSubcommand(new CapabilitiesCommand(streams))
        .addSubcommand(new GearmandCommand(streams))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setErr(writer(streams.err()))
        .setOut(writer(streams.out()))
        .setParameterExceptionHandler((wrong, arguments) -> report(wrong, streams))
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, streams));
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int report(ParameterException wrong, Streams streams) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    streams.err().println("taskwire: " + Secrets.hide(String.valueOf(wrong.getMessage())));
    streams.err().println("Try: " + command + " --help");
    return ExitCode.USAGE;
  }

  private static int report(Throwable failure, Streams streams) {
    int code = ExitCode.of(failure);
    String message = failure.getMessage();
    boolean selfExplaining = message != null && code != ExitCode.OTHER;
    streams.err().println("taskwire: " + (selfExplaining ? message : failure.toString()));
    return code;
  }
}
