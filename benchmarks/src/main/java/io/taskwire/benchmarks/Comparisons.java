/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Taskwire beside what else gives the result of a remote call today, each with a client process, a worker process and 256
 * calls in flight: Spring AMQP on the same RabbitMQ; Redisson's remote service, Celery and RQ on a Redis of their own.
 */
final class Comparisons {

  private static final int IN_FLIGHT = 256;

  /** RQ and Celery work one task a process at a time. */
  private static final int PROCESSES = 2;

  /** The system's, which knows the system's packages. */
  private static final String PYTHON = "/usr/bin/python3";

  private final Suite suite;
  private final Settings settings;
  private final Path folder;

  private Comparisons(Suite suite, Settings settings, Path folder) {
    this.suite = suite;
    this.settings = settings;
    this.folder = folder;
  }

  static Suite all(Settings settings) {
    Path folder = settings.comparisons();
    if (folder == null) {
      throw new IllegalStateException(
          "run bin/compare, which builds the other libraries' programs");
    }
    Suite suite = new Suite("comparison", settings);
    new Comparisons(suite, settings, folder).add();
    return suite;
  }

  private void add() {
    String gearman = Suites.started(suite, GearmandBroker.create()).url();
    suite.row("Taskwire on Gearman", 0, taskwire(gearman, 16));
    RabbitmqBroker rabbitmq = Suites.started(suite, RabbitmqBroker.create());
    Row row = suite.row("Taskwire on RabbitMQ", 0, taskwire(rabbitmq.url(), IN_FLIGHT));
    Work bare = LoadPair.start(suite, LoadJvm.Program.AMQP_CLIENT, rabbitmq.url())
        .roundTrips(IN_FLIGHT, IN_FLIGHT);
    suite.beside(row, "bare amqp-client, RabbitMQ", 0, bare);
    suite.beside(row, "Spring AMQP, RabbitMQ", 0, javaPair("SpringRpc", rabbitmq.url()));
    String redis = RedisServer.start(suite);
    suite.beside(row, "Redisson, Redis", 0, javaPair("RedissonRpc", redis));
    background(
        redis,
        "-m",
        "celery",
        "-A",
        "celery_echo",
        "worker",
        "-c",
        Integer.toString(PROCESSES),
        "-l",
        "ERROR");
    suite.beside(row, "Celery, Redis", 0, calls(python(redis, "celery_echo.py", inFlight())));
    for (int i = 0; i < PROCESSES; i++) {
      background(
          redis, "-m", "rq.cli", "worker", "-q", "-w", "rq.SimpleWorker", "-u", redis, "echo");
    }
    suite.beside(row, "RQ, Redis", 0, calls(python(redis, "rq_echo.py", inFlight())));
  }

  private Work taskwire(String url, int concurrency) {
    return LoadPair.start(suite, LoadJvm.Program.TASKWIRE, url).roundTrips(IN_FLIGHT, concurrency);
  }

  private static String inFlight() {
    return Integer.toString(IN_FLIGHT);
  }

  private Work javaPair(String program, String url) {
    started(java(program, "worker", url)).ask("ready");
    return calls(java(program, "client", url));
  }

  private ProcessBuilder java(String program, String role, String url) {
    List<String> command = new ArrayList<>();
    command.add(CommandJvm.SAME_JDK.resolve("bin/java").toString());
    command.addAll(settings.jvmFlags());
    command.addAll(List.of(
        "-cp",
        folder.resolve("target/lib") + "/*",
        "io.taskwire.comparisons." + program,
        role,
        url,
        inFlight()));
    return new ProcessBuilder(command);
  }

  private ProcessBuilder python(String redis, String... arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
    program.environment().put("REDIS_URL", redis);
    return program;
  }

  /** A worker that takes no commands, and works until it is killed. */
  private void background(String redis, String... arguments) {
    CommandJvm worker = CommandJvm.start(python(redis, arguments));
    suite.closing(worker::kill);
  }

  private CommandJvm started(ProcessBuilder program) {
    CommandJvm process = CommandJvm.start(program);
    suite.closing(process::close);
    return process;
  }

  private Work calls(ProcessBuilder client) {
    CommandJvm process = started(client);
    return (Placement placement, Duration length) ->
        Measurement.parse(process.ask("run " + length.toMillis()));
  }
}
