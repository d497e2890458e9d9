/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The rows of one broker, and those who work for them in turns: JVMs that stay up, and programs beside them. */
final class Suite implements AutoCloseable {

  /** Compilers rest when all of them together work less than this part of the time. */
  private static final long RESTING = 50;

  private final String broker;
  private final Settings settings;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final List<LoadJvm> jvms = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final List<Lap> laps = new ArrayList<>();
  private final List<Consumer<Duration>> warmUps = new ArrayList<>();

  Suite(String broker, Settings settings) {
    this.broker = broker;
    this.settings = settings;
  }

  String broker() {
    return broker;
  }

  List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  List<Limit> limits() {
    return Collections.unmodifiableList(limits);
  }

  /** Ends something with this suite; what came last ends first. */
  void closing(Runnable close) {
    closing.push(close);
  }

  /** Starts a JVM that ends with this suite. */
  Load jvm(LoadJvm.Program program, String brokerUri) {
    return jvm(Path.of(System.getProperty("java.home")), program, brokerUri);
  }

  /** The same with another Java. */
  Load jvm(Path javaHome, LoadJvm.Program program, String brokerUri) {
    LoadJvm jvm = LoadJvm.start(javaHome, program, brokerUri, settings.jvmFlags());
    closing(jvm::close);
    jvms.add(jvm);
    return jvm;
  }

  /** Adds a row of Taskwire's work; its floor is a rate per second, 0 for none. */
  Row row(String work, double floor, Work ours) {
    return add(new Row(broker, work, floor), ours);
  }

  /** Adds a row of what somebody else does on this broker, with nothing of Taskwire but perhaps the broker. */
  Row rowOf(String who, String work, Work theirs) {
    return add(new Row(broker, work, 0, who), theirs);
  }

  private Row add(Row row, Work work) {
    if (settings.wants(row.work()) && work.isPossible()) {
      rows.add(row);
      lap(row.ours(), work);
    }
    return row;
  }

  /** Lets somebody else do the work of a row, if that can be; the floor is a ratio, 0 for none. */
  void beside(Row row, String name, double ratioFloor, Work theirs) {
    if (rows.contains(row) && theirs.isPossible()) {
      lap(row.beside(name, ratioFloor).theirs(), theirs);
    }
  }

  private void lap(Side side, Work work) {
    if (work.warmsUp()) {
      warmUps.add(length -> work.run(Placement.ANY_CORE, length));
    }
    laps.add((placement, length) -> side.add(placement, work.run(placement, length)));
  }

  /** Adds a row whose rates are given; limits how many times as slow as theirs our slow tasks may be, round by round. */
  void p99(String work, Work ours, String name, double mostRatio, Work theirs) {
    if (settings.wants(work) && theirs.isPossible()) {
      Row row = new Row(broker, work, 0);
      rows.add(row);
      warmUps.add(length -> ours.run(Placement.ANY_CORE, length));
      Side other = row.beside(name, 0).theirs();
      Limit limit = new Limit(broker, work + ": p99", "times " + name, mostRatio);
      limits.add(limit);
      laps.add((placement, length) -> {
        Measurement measured = ours.run(placement, length);
        Measurement beside = theirs.run(placement, length);
        row.ours().add(placement, measured);
        other.add(placement, beside);
        limit.in(placement).add((double) measured.p99() / beside.p99());
      });
    }
  }

  /** Adds the two rows of a backlog. */
  Backlog backlog(int count, BacklogWork ours) {
    Row submit = new Row(broker, "submit a backlog of " + count, 0);
    Row drain = new Row(broker, "work off that backlog", 0);
    Backlog backlog = new Backlog(submit, drain, count);
    if (settings.wants(submit.work()) || settings.wants(drain.work())) {
      rows.add(submit);
      rows.add(drain);
      lap(count, submit.ours(), drain.ours(), ours);
    }
    return backlog;
  }

  /** Lets somebody else do the work of those rows; floors are ratios, 0 for none. */
  void beside(
      Backlog backlog, String name, double submitFloor, double drainFloor, BacklogWork theirs) {
    if (rows.contains(backlog.submit()) && theirs.isPossible()) {
      Side submit = backlog.submit().beside(name, submitFloor).theirs();
      Side drain = backlog.drain().beside(name, drainFloor).theirs();
      lap(backlog.count(), submit, drain, theirs);
    }
  }

  private void lap(int count, Side submit, Side drain, BacklogWork work) {
    if (work.warmsUp()) {
      warmUps.add(length -> work.run(count));
    }
    laps.add((placement, length) -> {
      for (int i = 0; i < settings.backlogs(); i++) {
        BacklogWork.Measured measured = work.run(count);
        submit.add(placement, measured.submitted());
        drain.add(placement, measured.drained());
      }
    });
  }

  /**
   * Lets the JVMs compile what they run: all kinds of work in turns, until about this much time has passed and the compilers
   * rest, or three times as much has passed. A brief run does not wait for them.
   */
  void warmUp(Duration total) {
    Duration each = total.dividedBy(2L * Math.max(1, warmUps.size()));
    long start = System.nanoTime();
    boolean compiling;
    do {
      long before = compiled();
      long turn = System.nanoTime();
      warmUps.forEach(warmUp -> warmUp.accept(each));
      compiling = compiled() - before > (System.nanoTime() - turn) / RESTING;
    } while (System.nanoTime() - start
        < total.toNanos() * (compiling && !settings.isBrief() ? 3 : 1));
  }

  private long compiled() {
    return jvms.stream().mapToLong(jvm -> jvm.compiled().toNanos()).sum();
  }

  /** Runs every lap once; there and back in turns, so that what comes first is not always the same side. */
  void round(int number, Placement placement, Duration length) {
    for (int i = 0; i < laps.size(); i++) {
      laps.get(number % 2 == 0 ? i : laps.size() - 1 - i).run(placement, length);
    }
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }

  /** The rows of a backlog and how many tasks it has. */
  record Backlog(Row submit, Row drain, int count) {}

  private interface Lap {

    void run(Placement placement, Duration length);
  }
}
