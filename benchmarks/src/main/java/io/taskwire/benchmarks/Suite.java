/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures of one broker: a client JVM and a worker JVM, or one that is both, and the programs beside them. */
final class Suite implements AutoCloseable {

  private final String broker;
  private final Load client;
  private final Load worker;
  private final Broker process;
  private final List<Runnable> others = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Lap> laps = new ArrayList<>();
  private final List<Lap> warmUp = new ArrayList<>();
  private int backlogs;

  Suite(String broker, Load client, Load worker, Broker process) {
    this.broker = broker;
    this.client = client;
    this.worker = worker;
    this.process = process;
  }

  String broker() {
    return broker;
  }

  List<Row> rows() {
    return rows;
  }

  Row roundTrips(int window, int concurrency, double floor) {
    Row row = row("round trips, " + window + " in flight", floor);
    String name = "round-trips-" + window;
    worker.serve(name, concurrency);
    warmUp.add(length -> client.roundTrips(name, window, length));
    laps.add(length -> row.add(client.roundTrips(name, window, length)));
    return row;
  }

  Row oneAtATime() {
    Row row = row("round trips, one at a time", 0);
    String name = "one-at-a-time";
    worker.serve(name, 1);
    warmUp.add(length -> client.oneAtATime(name, length));
    laps.add(length -> row.add(client.oneAtATime(name, length)));
    return row;
  }

  /** Submits a backlog that nobody works on, then lets the worker empty it; several times a lap. */
  Backlog backlog(int count, int window, int concurrency, int times) {
    Row submitted = row("submit a backlog of " + count, 0);
    Row drained = row("work off that backlog", 0);
    Backlog backlog = new Backlog(submitted, drained, count, window, concurrency, times);
    warmUp.add(length -> fillAndDrain(backlog, client, worker));
    laps.add(length -> {
      for (int i = 0; i < times; i++) {
        Measured measured = fillAndDrain(backlog, client, worker);
        submitted.add(measured.submitted());
        drained.add(measured.drained());
      }
    });
    return backlog;
  }

  private Measured fillAndDrain(Backlog backlog, Load by, Load drainedBy) {
    String name = "backlog-" + ++backlogs;
    return new Measured(
        by.submits(name, backlog.window(), backlog.count()),
        drainedBy.drain(name, backlog.concurrency(), backlog.count()));
  }

  /** A row of what another program does on this broker, with nothing of Taskwire but the broker. */
  Row yardstick(String work, Yardstick yardstick) {
    Row row = row(work, 0);
    warmUp.add(yardstick::perSecond);
    laps.add(length -> row.add(yardstick.perSecond(length)));
    return row;
  }

  /** Ends something else with this suite. */
  void closing(Runnable other) {
    others.add(other);
  }

  /** Lets another program do the same work, in turns. */
  void beside(Row row, String name, double ratioFloor, Yardstick yardstick) {
    Beside other = row.beside(name, ratioFloor);
    laps.add(length -> other.add(yardstick.perSecond(length)));
  }

  /** Lets another library do the same work in JVMs that stay up, in turns, and warm up with the rest. */
  void beside(Row row, String name, double ratioFloor, Work work) {
    Beside other = row.beside(name, ratioFloor);
    warmUp.add(work::run);
    laps.add(length -> other.add(work.run(length).perSecond()));
  }

  /** The same for the two steps of a backlog. */
  void beside(Backlog backlog, String name, Load otherClient, Load otherWorker) {
    Beside submitted = backlog.submitted().beside(name, 0);
    Beside drained = backlog.drained().beside(name, 0);
    warmUp.add(length -> fillAndDrain(backlog, otherClient, otherWorker));
    laps.add(length -> {
      for (int i = 0; i < backlog.times(); i++) {
        Measured measured = fillAndDrain(backlog, otherClient, otherWorker);
        submitted.add(measured.submitted().perSecond());
        drained.add(measured.drained().perSecond());
      }
    });
  }

  /** The same with the steps of a program. */
  void beside(Backlog backlog, String name, Yardstick yardstick, Step submit, Step drain) {
    Beside submitted = backlog.submitted().beside(name, submit.ratioFloor());
    Beside drained = backlog.drained().beside(name, drain.ratioFloor());
    laps.add(length -> {
      for (int i = 0; i < backlog.times(); i++) {
        Map<String, Double> rates = yardstick.run(backlog.count());
        submitted.add(Yardstick.rateOf(submit.name(), rates));
        drained.add(Yardstick.rateOf(drain.name(), rates));
      }
    });
  }

  private Row row(String work, double floor) {
    Row row = new Row(broker, work, floor);
    rows.add(row);
    return row;
  }

  /** Lets the JVMs compile what they run: all kinds of work in turns, until about this much time has passed. */
  void warmUp(Duration total) {
    Duration each = total.dividedBy(2L * warmUp.size());
    long end = System.nanoTime() + total.toNanos();
    do {
      warmUp.forEach(lap -> lap.run(each));
    } while (System.nanoTime() - end < 0);
  }

  /** Runs every lap once; there and back in turns, so that what comes first is not always the same side. */
  void round(int number, Duration length) {
    for (int i = 0; i < laps.size(); i++) {
      laps.get(number % 2 == 0 ? i : laps.size() - 1 - i).run(length);
    }
  }

  @Override
  public void close() {
    client.close();
    worker.close();
    others.forEach(Runnable::run);
    process.close();
  }

  /** The rows of a backlog and how to repeat it. */
  record Backlog(Row submitted, Row drained, int count, int window, int concurrency, int times) {}

  /** A step of a yardstick's run, by the name that it prints. */
  record Step(String name, double ratioFloor) {}

  /** What another library does for one figure. */
  interface Work {

    Measurement run(Duration length);
  }

  private record Measured(Measurement submitted, Measurement drained) {}
}
