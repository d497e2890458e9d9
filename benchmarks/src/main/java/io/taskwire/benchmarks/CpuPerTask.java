/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.Broker;
import java.time.Duration;
import java.util.List;

/**
 * What both sides' JVMs need of a processor for a task, and by how many percent more when more names are registered, or
 * more threads submit. It is told apart by turns in the same JVMs, which are on one core, where that is possible.
 */
final class CpuPerTask implements AutoCloseable {

  private static final int NAMES = 1_000;
  private static final int THREADS = 64;
  private static final int FIRST_COUNT = 100_000;
  private static final int FIRST_COUNT_IN_BRIEF = 25_000;

  private final Broker broker;
  private final CommandJvm client;
  private final CommandJvm worker;
  private final Rows rows;
  private final int firstCount;

  /** The broker is closed with it. */
  CpuPerTask(Broker broker, Settings settings, Rows rows) {
    this.broker = broker;
    this.rows = rows;
    firstCount = settings.isBrief() ? FIRST_COUNT_IN_BRIEF : FIRST_COUNT;
    broker.start();
    client = CommandJvm.start(ProbeProcess.class, settings.jvmFlags(), broker.url());
    worker = broker.isProcess()
        ? CommandJvm.start(ProbeProcess.class, settings.jvmFlags(), broker.url())
        : client;
  }

  /** Warms up for so long, on any core; gives how many tasks take about as long as a lap. */
  int warmUp(Duration length, Duration lap) {
    long start = System.nanoTime();
    do {
      worker.ask("serve name " + NAMES);
      call(NAMES, 1, firstCount);
      worker.ask("serve name 1");
      call(1, THREADS, firstCount);
    } while (System.nanoTime() - start < length.toNanos());
    long begun = System.nanoTime();
    int calls = call(1, 1, firstCount);
    return (int) (calls * (lap.toNanos() / (double) (System.nanoTime() - begun)));
  }

  /** Measures each load so many times, in turns, and adds a figure to each row: growth is that of the medians. */
  void measure(Placement placement, int rounds, int count) {
    Samples alone = new Samples();
    Samples threads = new Samples();
    Samples idleNames = new Samples();
    Samples busyNames = new Samples();
    for (int round = 0; round < rounds; round++) {
      worker.ask("serve name 1");
      alone.add(nanosPerTask(1, 1, count));
      threads.add(nanosPerTask(1, THREADS, count));
      worker.ask("serve name " + NAMES);
      idleNames.add(nanosPerTask(1, 1, count));
      busyNames.add(nanosPerTask(NAMES, 1, count));
    }
    rows.micros().in(placement).add(alone.median() / 1_000);
    rows.threads().in(placement).add(percentMore(threads, alone));
    rows.idleNames().in(placement).add(percentMore(idleNames, alone));
    rows.busyNames().in(placement).add(percentMore(busyNames, alone));
  }

  private double nanosPerTask(int names, int threads, int count) {
    long before = nanos();
    int calls = call(names, threads, count);
    return (nanos() - before) / (double) calls;
  }

  private int call(int names, int threads, int count) {
    return Integer.parseInt(client.ask("call name " + names + " " + threads + " " + count));
  }

  private long nanos() {
    return CpuTime.nanos(client.pid()) + (worker == client ? 0 : CpuTime.nanos(worker.pid()));
  }

  private static double percentMore(Samples figures, Samples than) {
    return 100 * (figures.median() / than.median() - 1);
  }

  @Override
  public void close() {
    client.close();
    worker.close();
    broker.close();
  }

  /**
   * Where the figures go.
   *
   * @param micros for a task, with one name and one thread
   * @param threads percents more with many threads
   * @param idleNames percents more while as many other names are registered
   * @param busyNames percents more if the tasks are of all those names
   */
  record Rows(Limit micros, Limit threads, Limit idleNames, Limit busyNames) {

    static Rows of(String broker) {
      return new Rows(
          new Limit(broker, "CPU per task, both sides", "µs", 0),
          new Limit(broker, "CPU per task, 64 submitting threads for 1", "% more", 20),
          new Limit(broker, "CPU per task, 999 other names idle", "% more", 20),
          new Limit(broker, "CPU per task, load on 1,000 names", "% more", 0));
    }

    List<Limit> all() {
      return List.of(micros, threads, idleNames, busyNames);
    }
  }
}
