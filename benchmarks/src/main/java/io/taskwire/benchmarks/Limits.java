/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.MemoryBroker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Which resources are measured on which brokers, and how much of them may be used at most. */
final class Limits {

  private final Settings settings;
  private final Pinning pinning;
  private final Report report;

  Limits(Settings settings, Pinning pinning, Report report) {
    this.settings = settings;
    this.pinning = pinning;
    this.report = report;
  }

  /** Measures what is wanted, on those brokers that are wanted and there. */
  void measure() {
    heapPerTask("memory", MemoryBroker::create);
    heapPerTask("gearman", GearmandBroker::create);
    if (!CpuTime.isKnown()) {
      report.leftOut("processor time: the kernel counts none in /proc/PID/task/TID/schedstat");
      pauses();
      return;
    }
    try (IdleCost cost = new IdleCost(settings)) {
      idle(cost, "gearman", GearmandBroker::create);
      idle(cost, "beanstalkd", BeanstalkdBroker::create);
      idle(cost, "rabbitmq", RabbitmqBroker::create);
      // While these are measured, the idle queues come to rest.
      cpuPerTask("memory", MemoryBroker::create);
      cpuPerTask("gearman", GearmandBroker::create);
      pauses();
      cost.measure();
    }
  }

  private void heapPerTask(String name, Supplier<Broker> broker) {
    Limit row = new Limit(name, "heap per waiting task, beside its payload", "bytes", 400);
    if (wants(row)) {
      announce(row);
      try (Broker started = broker.get()) {
        HeapPerTask.measure(started, settings, row);
      }
      report.add(row);
    }
  }

  private void idle(IdleCost cost, String name, Supplier<Broker> broker) {
    String work = "idle queue, " + IdleCost.TASKS + " tasks registered";
    Limit cpu = new Limit(name, work + ", CPU", "% of a core", 0.3);
    Limit heap = new Limit(name, work + ", heap", "MiB", 40);
    if (wants(cpu) || wants(heap)) {
      announce(cpu);
      cost.add(broker.get(), cpu, heap);
      report.add(cpu);
      report.add(heap);
    }
  }

  private void cpuPerTask(String name, Supplier<Broker> broker) {
    CpuPerTask.Rows rows = CpuPerTask.Rows.of(name);
    if (rows.all().stream().noneMatch(this::wants)) {
      return;
    }
    announce(rows.micros());
    Placement placement = placements().iterator().next(); // of both, the one that counts
    try (CpuPerTask figures = new CpuPerTask(broker.get(), settings, rows)) {
      int count = figures.warmUp(settings.warmUp().dividedBy(2), settings.lap());
      pinning.to(placement);
      figures.measure(placement, settings.rounds(), count);
    } finally {
      pinning.to(Placement.ANY_CORE);
    }
    rows.all().forEach(report::add);
  }

  private void pauses() {
    Limit row = new Limit("memory", "longest pause for a garbage collection", "ms", 10);
    if (!wants(row)) {
      return;
    }
    announce(row);
    try (LongestPause pause = new LongestPause(settings)) {
      pause.warmUp(settings.warmUp().dividedBy(2));
      for (Placement placement : placements()) {
        pinning.to(placement);
        row.in(placement).add(pause.during(settings.lap()));
      }
    } finally {
      pinning.to(Placement.ANY_CORE);
    }
    report.add(row);
  }

  private Set<Placement> placements() {
    return Pinning.isPossible() ? settings.placements() : EnumSet.of(Placement.ANY_CORE);
  }

  private boolean wants(Limit row) {
    return settings.brokers().contains(row.broker())
        && settings.wants(row.work())
        && isThere(row.broker());
  }

  private static boolean isThere(String broker) {
    return switch (broker) {
      case "gearman" -> Machine.hasProgram("gearmand");
      case "beanstalkd" -> Machine.hasProgram("beanstalkd");
      case "rabbitmq" -> Machine.hasProgram("rabbitmq-server");
      default -> true;
    };
  }

  private static void announce(Limit row) {
    System.err.println(row.broker() + ": " + row.work());
  }
}
