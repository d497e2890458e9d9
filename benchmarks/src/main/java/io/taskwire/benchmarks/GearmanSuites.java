/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static io.taskwire.benchmarks.Suites.RAW;

import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import java.nio.file.Path;

/** What is measured on Gearman, with which settings on both sides, and the floors. */
final class GearmanSuites {

  private GearmanSuites() {}

  static Suite gearmand(Settings settings) {
    Suite suite = new Suite("gearman", settings);
    Broker broker = Suites.started(suite, GearmandBroker.create());
    Yardstick raw = settings.yardstick("gear_roof", broker.port());
    Yardstick library = settings.yardstick("lg_bench", broker.port());
    Load client = suite.jvm(LoadJvm.Program.TASKWIRE, broker.url());
    Load worker = suite.jvm(LoadJvm.Program.TASKWIRE, broker.url());
    LoadPair taskwire = new LoadPair("async", client, worker);

    Work roundTrips = taskwire.roundTrips(256, 16);
    Row pipelined = suite.row("round trips, 256 in flight", 0, roundTrips);
    suite.beside(pipelined, RAW, 0.8, raw256(raw));
    suite.beside(pipelined, "libgearman tasks", 6, library.mode("tasks", "-b", "100"));

    Row wide = suite.row("round trips, 4096 in flight", 0, taskwire.roundTrips(4096, 64));
    suite.beside(wide, RAW, 0.6, raw.mode("rpc", "-w", "4096", "-g", "64"));

    Load pooled = suite.jvm(LoadJvm.Program.TASKWIRE_BLOCKING, broker.url());
    blocking(suite, "blocking handlers", new LoadPair("pool", client, pooled), raw);
    Path jdk25 = settings.jdk25();
    if (jdk25 != null) {
      Load virtual = suite.jvm(jdk25, LoadJvm.Program.TASKWIRE_BLOCKING, broker.url());
      blocking(suite, "virtual threads", new LoadPair("virtual", client, virtual), raw);
    }

    Row sequential = suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    suite.beside(sequential, RAW, 0.7, raw.mode("seq"));
    suite.beside(sequential, "libgearman do", 0, library.mode("do"));

    Suite.Backlog backlog = suite.backlog(20_000, taskwire.backlog(4096, 64));
    suite.beside(
        backlog, RAW, 0.5, 0.7, raw.backlog("bg", "submit", "drain", "-w", "4096", "-g", "64"));

    Row large =
        suite.row("round trips of 1 MiB, 8 in flight", 0, taskwire.roundTrips(8, 8, Payload.LARGE));
    suite.beside(large, RAW, 0.7, raw.largeMode("rpc", "-w", "8", "-g", "8"));

    HalfRate half = new HalfRate(pipelined.ours(), roundTrips);
    suite.p99(
        "round trips at half of our rate",
        taskwire.openLoop(16, half::now),
        RAW,
        2.5,
        raw.paced(
            "pace", half::asBefore, "-w", Integer.toString(OpenLoop.MOST_IN_FLIGHT), "-g", "16"));
    return suite;
  }

  private static void blocking(Suite suite, String how, LoadPair pair, Yardstick raw) {
    Row row = suite.row("round trips, 256 in flight, " + how, 0, pair.roundTrips(256, 16));
    suite.beside(row, RAW, 0.5, raw256(raw));
  }

  private static Work raw256(Yardstick raw) {
    return raw.mode("rpc", "-w", "256", "-g", "16");
  }

  /** Our own server, in a JVM of its own, and what the same C program gets out of gearmand. */
  static Suite ownServer(Settings settings) {
    Suite suite = new Suite(Settings.GEARMAN_SERVER, settings);
    Broker broker = Suites.started(suite, ServerProcess.broker(settings.jvmFlags()));
    Broker gearmand = Suites.started(suite, GearmandBroker.create());
    LoadPair taskwire = LoadPair.start(suite, LoadJvm.Program.TASKWIRE, broker.url());
    suite.row("round trips, 256 in flight", 0, taskwire.roundTrips(256, 16));
    suite.row("round trips, 4096 in flight", 0, taskwire.roundTrips(4096, 64));
    suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    Yardstick here = settings.yardstick("gear_roof", broker.port());
    Yardstick there = settings.yardstick("gear_roof", gearmand.port());
    Row pipelined = suite.rowOf(RAW, "raw sockets, 256 in flight", raw256(here));
    suite.beside(pipelined, "gearmand", 0.5, raw256(there));
    Row sequential = suite.rowOf(RAW, "raw sockets, one at a time", here.mode("seq"));
    suite.beside(sequential, "gearmand", 0, there.mode("seq"));
    return suite;
  }
}
