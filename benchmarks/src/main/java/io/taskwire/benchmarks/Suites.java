/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.MemoryBroker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is measured on each broker, with which settings on both sides, and the floors. */
final class Suites {

  private static final String RAW = "raw sockets";
  private static final String BARE = "bare amqp-client";

  private final Settings settings;

  Suites(Settings settings) {
    this.settings = settings;
  }

  /** Client and worker share a JVM, and a queue: there is no other way to the same broker. */
  Suite memory() {
    Broker broker = MemoryBroker.create();
    LoadJvm jvm = LoadJvm.start(LoadJvm.Program.TASKWIRE, broker.url(), settings.jvmFlags());
    Suite suite = new Suite("memory", jvm, jvm, broker);
    suite.roundTrips(256, 64, 300_000);
    suite.roundTrips(4096, 64, 0);
    suite.oneAtATime();
    suite.backlog(20_000, 4096, 64, settings.backlogs());
    return suite;
  }

  Suite gearman() {
    Broker broker = GearmandBroker.create();
    broker.start();
    Suite suite = suite("gearman", broker);
    Row pipelined = suite.roundTrips(256, 16, 0);
    Row wide = suite.roundTrips(4096, 64, 0);
    Row sequential = suite.oneAtATime();
    Suite.Backlog backlog = suite.backlog(20_000, 4096, 64, settings.backlogs());
    Path raw = settings.yardsticks().resolve("gear_roof");
    int port = broker.port();
    if (Files.isExecutable(raw)) {
      suite.beside(pipelined, RAW, 0.4, new Yardstick(raw, port, "rpc", "-w", "256", "-g", "16"));
      suite.beside(wide, RAW, 0, new Yardstick(raw, port, "rpc", "-w", "4096", "-g", "64"));
      suite.beside(sequential, RAW, 0, new Yardstick(raw, port, "seq"));
      Yardstick background = new Yardstick(raw, port, "bg", "-w", "4096", "-g", "64", "-r", "1");
      suite.beside(
          backlog, RAW, background, new Suite.Step("submit", 0), new Suite.Step("drain", 0));
    }
    Path library = settings.yardsticks().resolve("lg_bench");
    if (Files.isExecutable(library)) {
      suite.beside(
          pipelined, "libgearman tasks", 3, new Yardstick(library, port, "tasks", "-b", "100"));
      suite.beside(sequential, "libgearman do", 0, new Yardstick(library, port, "do"));
    }
    return suite;
  }

  /** Our own server, in a JVM of its own, and what the same C program gets out of gearmand. */
  Suite gearmanServer() {
    Broker broker = ServerProcess.broker(settings.jvmFlags());
    broker.start();
    Broker gearmand = GearmandBroker.create();
    gearmand.start();
    Suite suite = suite(Settings.GEARMAN_SERVER, broker);
    suite.closing(gearmand::close);
    suite.roundTrips(256, 16, 0);
    suite.roundTrips(4096, 64, 0);
    suite.oneAtATime();
    Path raw = settings.yardsticks().resolve("gear_roof");
    if (Files.isExecutable(raw)) {
      Row pipelined = suite.yardstick(
          RAW + ", 256 in flight",
          new Yardstick(raw, broker.port(), "rpc", "-w", "256", "-g", "16"));
      suite.beside(
          pipelined,
          "gearmand",
          0.5,
          new Yardstick(raw, gearmand.port(), "rpc", "-w", "256", "-g", "16"));
      Row sequential =
          suite.yardstick(RAW + ", one at a time", new Yardstick(raw, broker.port(), "seq"));
      suite.beside(sequential, "gearmand", 0, new Yardstick(raw, gearmand.port(), "seq"));
    }
    return suite;
  }

  Suite beanstalkd() {
    Broker broker = BeanstalkdBroker.create();
    broker.start();
    Suite suite = suite("beanstalkd", broker);
    Row pipelined = suite.roundTrips(256, 64, 0);
    Row wide = suite.roundTrips(4096, 64, 0);
    Row sequential = suite.oneAtATime();
    Suite.Backlog backlog = suite.backlog(20_000, 256, 64, settings.backlogs());
    Path raw = settings.yardsticks().resolve("bean_roof");
    int port = broker.port();
    if (Files.isExecutable(raw)) {
      suite.beside(pipelined, RAW, 0.8, new Yardstick(raw, port, "rpc", "-w", "256", "-g", "64"));
      suite.beside(
          pipelined,
          "the same, 16 results a reply",
          0,
          new Yardstick(raw, port, "rpc", "-w", "256", "-g", "64", "-b", "16"));
      suite.beside(wide, RAW, 0, new Yardstick(raw, port, "rpc", "-w", "4096", "-g", "64"));
      suite.beside(sequential, RAW, 0, new Yardstick(raw, port, "seq"));
      Yardstick queue = new Yardstick(raw, port, "queue", "-w", "256", "-g", "64");
      suite.beside(backlog, RAW, queue, new Suite.Step("put", 0.6), new Suite.Step("drain", 0.7));
    }
    return suite;
  }

  /** Beside it RabbitMQ's own client in two JVMs more, with the same prefetch, and names of its own. */
  Suite rabbitmq() {
    Broker broker = RabbitmqBroker.create();
    broker.start();
    Suite suite = suite("rabbitmq", broker);
    Row pipelined = suite.roundTrips(256, 256, 0);
    Row wide = suite.roundTrips(4096, 256, 0);
    Row sequential = suite.oneAtATime();
    Suite.Backlog backlog = suite.backlog(20_000, 256, 256, settings.backlogs());
    Load client = LoadJvm.start(LoadJvm.Program.AMQP_CLIENT, broker.url(), settings.jvmFlags());
    suite.closing(client::close);
    Load worker = LoadJvm.start(LoadJvm.Program.AMQP_CLIENT, broker.url(), settings.jvmFlags());
    suite.closing(worker::close);
    worker.serve("many", 256);
    worker.serve("one", 1);
    suite.beside(pipelined, BARE, 0.7, length -> client.roundTrips("many", 256, length));
    suite.beside(wide, BARE, 0, length -> client.roundTrips("many", 4096, length));
    suite.beside(sequential, BARE, 0, length -> client.oneAtATime("one", length));
    suite.beside(backlog, BARE, client, worker);
    return suite;
  }

  /** Client and worker apart, as the yardsticks are two processes. */
  private Suite suite(String name, Broker broker) {
    LoadJvm client = LoadJvm.start(LoadJvm.Program.TASKWIRE, broker.url(), settings.jvmFlags());
    LoadJvm worker = LoadJvm.start(LoadJvm.Program.TASKWIRE, broker.url(), settings.jvmFlags());
    return new Suite(name, client, worker, broker);
  }
}
