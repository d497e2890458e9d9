/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static io.taskwire.benchmarks.Suites.RAW;

import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;

/** What is measured on Gearman, with which settings on both sides, and the floors. */
final class GearmanSuites {

  private GearmanSuites() {}

  static Suite gearmand(Settings settings) {
    Suite suite = new Suite("gearman", settings);
    Broker broker = Suites.started(suite, GearmandBroker.create());
    LoadPair taskwire = LoadPair.start(suite, LoadJvm.Program.TASKWIRE, broker.url());
    Row pipelined = suite.row("round trips, 256 in flight", 0, taskwire.roundTrips(256, 16));
    Row wide = suite.row("round trips, 4096 in flight", 0, taskwire.roundTrips(4096, 64));
    Row sequential = suite.row("round trips, one at a time", 0, taskwire.oneAtATime());
    Suite.Backlog backlog = suite.backlog(20_000, taskwire.backlog(4096, 64));
    Yardstick raw = settings.yardstick("gear_roof", broker.port());
    if (raw.isThere()) {
      suite.beside(pipelined, RAW, 0.8, raw.mode("rpc", "-w", "256", "-g", "16"));
      suite.beside(wide, RAW, 0.6, raw.mode("rpc", "-w", "4096", "-g", "64"));
      suite.beside(sequential, RAW, 0.7, raw.mode("seq"));
      suite.beside(
          backlog, RAW, 0.5, 0.7, raw.backlog("bg", "submit", "drain", "-w", "4096", "-g", "64"));
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
