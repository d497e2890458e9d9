/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.MemoryBroker;
import io.taskwire.tck.broker.RabbitmqBroker;

/** What is measured on memory, beanstalkd and RabbitMQ, with which settings on both sides, and the floors. */
final class Suites {

  static final String RAW = "raw sockets";
  private static final String BARE = "bare amqp-client";

  private Suites() {}

  /** Client and worker share a JVM, and a queue: there is no other way to the same broker. */
  static Suite memory(Settings settings) {
    Suite suite = new Suite("memory", settings);
    Load jvm = suite.jvm(
        LoadJvm.Program.TASKWIRE, started(suite, MemoryBroker.create()).url());
    LoadPair taskwire = new LoadPair("memory", jvm, jvm);
    suite.row("round trips, 256 in flight", 1_000_000, taskwire.roundTrips(256, 64));
    suite.row("round trips, 4096 in flight", 0, taskwire.roundTrips(4096, 64));
    suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    suite.backlog(20_000, taskwire.backlog(4096, 64));
    return suite;
  }

  static Suite beanstalkd(Settings settings) {
    Suite suite = new Suite("beanstalkd", settings);
    Broker broker = started(suite, BeanstalkdBroker.create());
    LoadPair taskwire = LoadPair.start(suite, LoadJvm.Program.TASKWIRE, broker.url());
    Yardstick raw = settings.yardstick("bean_roof", broker.port());

    Row pipelined = suite.row("round trips, 256 in flight", 0, taskwire.roundTrips(256, 64));
    suite.beside(pipelined, RAW, 1.2, raw.mode("rpc", "-w", "256", "-g", "64"));
    suite.beside(
        pipelined,
        "raw sockets, 16 results a reply",
        0.85,
        raw.mode("rpc", "-w", "256", "-g", "64", "-b", "16"));

    Row sequential = suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    suite.beside(sequential, RAW, 0, raw.mode("seq"));

    Suite.Backlog backlog = suite.backlog(20_000, taskwire.backlog(256, 64));
    suite.beside(
        backlog, RAW, 0.85, 0.9, raw.backlog("queue", "put", "drain", "-w", "256", "-g", "64"));
    return suite;
  }

  /** Beside it RabbitMQ's own client in two JVMs more, with the same prefetch, and names of its own. */
  static Suite rabbitmq(Settings settings) {
    Suite suite = new Suite("rabbitmq", settings);
    String url = started(suite, RabbitmqBroker.create()).url();
    LoadPair taskwire = LoadPair.start(suite, LoadJvm.Program.TASKWIRE, url);
    LoadPair bare = LoadPair.start(suite, LoadJvm.Program.AMQP_CLIENT, url);
    Row pipelined = suite.row("round trips, 256 in flight", 0, taskwire.roundTrips(256, 256));
    suite.beside(pipelined, BARE, 1.0, bare.roundTrips(256, 256));
    Row sequential = suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    suite.beside(sequential, BARE, 0, bare.oneAtATime());
    Suite.Backlog backlog = suite.backlog(20_000, taskwire.backlog(256, 256));
    suite.beside(backlog, BARE, 0, 0, bare.backlog(256, 256));
    return suite;
  }

  /** A broker that ends with the suite. */
  static <B extends Broker> B started(Suite suite, B broker) {
    suite.closing(broker::close);
    broker.start();
    return broker;
  }
}
