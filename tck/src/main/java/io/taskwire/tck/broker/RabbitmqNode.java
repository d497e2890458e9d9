/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A node of RabbitMQ: one process, without the port mapper that nodes otherwise share. */
final class RabbitmqNode {

  // Booting takes 4 s of an idle machine, most of it for loading code.
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  // Debian's program of the same name in /usr/sbin changes the user, which takes being root and a
  // place in /var.
  private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private final RabbitmqSetup setup;
  private final BrokerProcess process;
  private final int managementPort = FreePort.find();

  /** Where other nodes would connect: a node insists on it. */
  private final int distributionPort = FreePort.find();

  private final ErlangShell shell;

  RabbitmqNode(RabbitmqSetup setup) {
    this.setup = setup;
    process = new BrokerProcess("rabbitmq-server", RabbitmqNode::command, START_LIMIT);
    shell = new ErlangShell(process, process.dataFolder());
  }

  private static List<String> command() {
    return List.of(Files.isExecutable(DEBIAN) ? DEBIAN.toString() : Binary.find("rabbitmq-server"));
  }

  RabbitmqSetup setup() {
    return setup;
  }

  int port() {
    return process.port();
  }

  int managementPort() {
    return managementPort;
  }

  void start() {
    Path folder = process.dataFolder();
    try {
      Files.writeString(folder.resolve("rabbitmq.config"), setup.config(port(), managementPort));
      Files.writeString(folder.resolve("enabled_plugins"), setup.plugins());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.start(List.of(), environment -> adapt(environment, folder));
    // The port accepts a little before the start is over, and a node cannot be stopped well until
    // then.
    shell.evaluate("rabbit:await_startup()", START_LIMIT);
    // A minute later it would miss the port mapper, and start one that stays behind.
    shell.evaluate(
        "ok = supervisor:terminate_child(rabbit_sup, rabbit_epmd_monitor_sup)", ANSWER_LIMIT);
  }

  private void adapt(Map<String, String> environment, Path folder) {
    environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_") || name.startsWith("ERL_"));
    String name = "taskwire" + port() + "@localhost";
    environment.putAll(Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("TERM", "dumb"),
        Map.entry("RABBITMQ_NODENAME", name),
        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.config").toString()),
        Map.entry(
            "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.toString()),
        Map.entry("RABBITMQ_LOGS", "-"),
        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
        // It has the script give way to the node, so that the process is the node itself, and the
        // node read our pipe.
        Map.entry("RABBITMQ_ALLOW_INPUT", "true"),
        // A node that is named from the start and told its port needs no port mapper, which would
        // stay behind. One
        // thread that does not spin starts soonest, and leaves the machine to those who test.
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-sname " + name + " -setcookie taskwire -start_epmd false -erl_epmd_port "
                + distributionPort
                + " -kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +SDio 1 +sbwt none")));
  }

  String evaluate(String expression) {
    return shell.evaluate(expression, ANSWER_LIMIT);
  }

  int connections() {
    if (!isRunning()) {
      throw new UncheckedIOException(new IOException("rabbitmq-server is not running"));
    }
    return EstablishedSockets.canBeCounted()
        ? EstablishedSockets.on(port())
        : Integer.parseInt(evaluate("length(rabbit_networking:connections())"));
  }

  boolean isRunning() {
    return process.isRunning();
  }

  void stop() {
    process.stop();
  }

  void kill() {
    process.kill();
  }

  void freeze() {
    process.freeze();
  }

  void thaw() {
    process.thaw();
  }

  void close() {
    process.close();
  }
}
