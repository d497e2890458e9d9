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
    Load client = suite.jvm(LoadJvm.Program.TASKWIRE, broker.url());
    Load worker = suite.jvm(LoadJvm.Program.TASKWIRE, broker.url());
    LoadPair taskwire = new LoadPair("async", client, worker);
    Work roundTrips = taskwire.roundTrips(256, 16);
    Row pipelined = suite.row("round trips, 256 in flight", 0, roundTrips);
    Row wide = suite.row("round trips, 4096 in flight", 0, taskwire.roundTrips(4096, 64));
    Row sequential = suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    Suite.Backlog backlog = suite.backlog(20_000, taskwire.backlog(4096, 64));
    Load pooled = suite.jvm(LoadJvm.Program.TASKWIRE_BLOCKING, broker.url());
    Row blocking = suite.row(
        "round trips, 256 in flight, blocking handlers",
        0,
        new LoadPair("pool", client, pooled).roundTrips(256, 16));
    Row large =
        suite.row("round trips of 1 MiB, 8 in flight", 0, taskwire.roundTrips(8, 8, Payload.LARGE));
    Yardstick raw = settings.yardstick("gear_roof", broker.port());
    if (raw.isThere()) {
      Work rawRoundTrips = raw.mode("rpc", "-w", "256", "-g", "16");
      suite.beside(pipelined, RAW, 0.8, rawRoundTrips);
      suite.beside(blocking, RAW, 0.5, rawRoundTrips);
      suite.beside(wide, RAW, 0.6, raw.mode("rpc", "-w", "4096", "-g", "64"));
      suite.beside(sequential, RAW, 0.7, raw.mode("seq"));
      suite.beside(
          backlog, RAW, 0.5, 0.7, raw.backlog("bg", "submit", "drain", "-w", "4096", "-g", "64"));
      suite.beside(large, RAW, 0.7, raw.largeMode("rpc", "-w", "8", "-g", "8"));
      HalfRate half = new HalfRate(pipelined.ours(), roundTrips);
      suite.p99(
          "round trips at half of our rate",
          taskwire.openLoop(16, half),
          RAW,
          2.5,
          raw.paced("pace", half, "-w", "16384", "-g", "16"));
    }
    Path jdk25 = settings.jdk25();
    if (jdk25 != null) {
      Load virtual = suite.jvm(jdk25, LoadJvm.Program.TASKWIRE_BLOCKING, broker.url());
      Row row = suite.row(
          "round trips, 256 in flight, virtual threads",
          0,
          new LoadPair("virtual", client, virtual).roundTrips(256, 16));
      if (raw.isThere()) {
        suite.beside(row, RAW, 0.5, raw.mode("rpc", "-w", "256", "-g", "16"));
      }
    }
    Yardstick library = settings.yardstick("lg_bench", broker.port());
    if (library.isThere()) {
      suite.beside(pipelined, "libgearman tasks", 6, library.mode("tasks", "-b", "100"));
      suite.beside(sequential, "libgearman do", 0, library.mode("do"));
    }
    return suite;
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
    if (here.isThere()) {
      Row pipelined =
          suite.rowOf(RAW, "raw sockets, 256 in flight", here.mode("rpc", "-w", "256", "-g", "16"));
      suite.beside(pipelined, "gearmand", 0.5, there.mode("rpc", "-w", "256", "-g", "16"));
      Row sequential = suite.rowOf(RAW, "raw sockets, one at a time", here.mode("seq"));
      suite.beside(sequential, "gearmand", 0, there.mode("seq"));
    }
    return suite;
  }
}
