/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.gearman.GearmanAcl;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskwire gearmand}. */
@Command(
    name = "gearmand",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Serves Gearman from memory until it gets SIGTERM or SIGINT, or the text command shutdown; then it takes no more,"
          + " and ends when the jobs that workers have are done, after 5 s in any case.",
      "Writes \"listening on ADDRESS:PORT\" to stderr when it can be connected to."
    },
    footer = {"", ExitCode.HELP})
final class GearmandCommand implements Callable<Integer> {

  private final Streams streams;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Listen on this port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = GearmanServerOptions.CUSTOMARY_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen there, 0.0.0.0 for all addresses (default: ${DEFAULT-VALUE}).")
  private String bind = "127.0.0.1";

  @Option(
      names = "--exceptions",
      description = "Tell every client why a job failed, also those that did not ask for it.")
  private boolean exceptions;

  @Option(
      names = "--round-robin",
      description =
          "Give a worker of several functions a job of each in turn, not of the one it named last.")
  private boolean roundRobin;

  @Option(
      names = "--job-retries",
      paramLabel = "N",
      description = "Fail a job when N workers were lost with it (default: never).")
  private int jobRetries;

  @ArgGroup(exclusive = false, heading = "%nTLS 1.2 and 1.3:%n")
  private @Nullable Tls tls;

  @Mixin
  private LogOptions log = new LogOptions();

  GearmandCommand(Streams streams) {
    this.streams = streams;
  }

  /** The options of TLS, and of what needs it. */
  private static final class Tls {

    @Option(
        names = "--tls-key",
        paramLabel = "FILE",
        required = true,
        description = "The server's private key, PEM.")
    private Path key = Path.of("");

    @Option(
        names = "--tls-cert",
        paramLabel = "FILE",
        required = true,
        description = "The server's certificate and those that vouch for it, PEM.")
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-ca",
        paramLabel = "FILE",
        description =
            "Demand certificates of all clients, signed by an authority of this file, PEM.")
    private @Nullable Path ca;

    @Option(
        names = "--allow-register",
        paramLabel = "NAME=REGEX",
        description =
            "Let clients with this common name serve functions of these names. If any --allow- option is"
                + " given, all else is forbidden.")
    private Map<String, String> register = new LinkedHashMap<>();

    @Option(
        names = "--allow-invoke",
        paramLabel = "NAME=REGEX",
        description =
            "Let clients with this common name submit and cancel jobs of functions of these names.")
    private Map<String, String> invoke = new LinkedHashMap<>();

    @Option(
        names = "--allow-grant",
        paramLabel = "NAME",
        description = "Let clients with this common name change what is allowed, and the server.")
    private List<String> grant = List.of();

    private boolean hasAcl() {
      return !register.isEmpty() || !invoke.isEmpty() || !grant.isEmpty();
    }

    private GearmanAcl acl() {
      GearmanAcl acl = GearmanAcl.create();
      for (Map.Entry<String, String> each : register.entrySet()) {
        acl = acl.register(each.getKey(), each.getValue());
      }
      for (Map.Entry<String, String> each : invoke.entrySet()) {
        acl = acl.invoke(each.getKey(), each.getValue());
      }
      for (String name : grant) {
        acl = acl.grant(name);
      }
      return acl;
    }
  }

  @Override
  public Integer call() {
    log.applyForWorker();
    GearmanServer server;
    try {
      server = GearmanServer.start(options());
    } catch (GearmanException e) {
      streams.err().println("taskwire: " + e.getMessage());
      return ExitCode.OTHER;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getPattern() + ": " + e.getDescription(), e);
    }
    StopSignal.closing(server::close);
    streams.err().println("listening on " + bind + ":" + server.port());
    server.closed().await();
    return ExitCode.DONE;
  }

  private GearmanServerOptions options() {
    GearmanServerOptions options = GearmanServerOptions.create()
        .port(port)
        .host(bind)
        .exceptions(exceptions)
        .roundRobin(roundRobin)
        .jobRetries(jobRetries);
    if (tls != null) {
      options = options.tls(tls.key, tls.certificate);
      if (tls.ca != null) {
        options = options.clientCa(tls.ca);
      }
      if (tls.hasAcl()) {
        options = options.acl(tls.acl());
      }
    }
    return options;
  }
}
