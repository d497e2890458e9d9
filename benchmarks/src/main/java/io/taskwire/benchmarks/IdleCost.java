/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What queues cost that are connected and have nothing to do: all at the same time, beside a JVM without a queue. */
final class IdleCost implements AutoCloseable {

  static final int TASKS = 100;

  /** How old they have to be: until then compilers work on what starting up and registering have left to do. */
  private static final Duration REST = Duration.ofSeconds(60);

  /** What looks after a connection does so every twenty seconds, or more often. */
  private static final Duration WINDOW = Duration.ofSeconds(20);

  private static final int WINDOWS = 3;
  private static final double MEBIBYTE = 1 << 20;

  private final Settings settings;
  private final CommandJvm idle;
  private final List<IdleQueue> queues = new ArrayList<>();
  private long lastAdded;

  IdleCost(Settings settings) {
    this.settings = settings;
    idle = start();
  }

  private CommandJvm start(String... arguments) {
    return CommandJvm.start(ProbeProcess.class, settings.jvmFlags(), arguments);
  }

  /**
   * Starts the broker, and a JVM whose queue has {@value TASKS} tasks registered.
   *
   * @param cpu gets percents of a core above the idle JVM
   * @param heap gets mebibytes
   */
  void add(Broker broker, Limit cpu, Limit heap) {
    broker.start();
    CommandJvm jvm = start(broker.url());
    queues.add(new IdleQueue(broker, jvm, cpu, heap));
    jvm.ask("serve idle " + TASKS);
    lastAdded = System.nanoTime();
  }

  /** Lets them rest for as long as they have not yet, and measures all of them in the same windows. */
  void measure() {
    if (queues.isEmpty()) {
      return;
    }
    System.err.println("idle queues: at rest");
    Duration rest = settings.isBrief() ? REST.dividedBy(2) : REST;
    Waiting.sleep(rest.minusNanos(System.nanoTime() - lastAdded));
    for (int i = 0; i < (settings.isBrief() ? 1 : WINDOWS); i++) {
      long start = System.nanoTime();
      long idleBefore = CpuTime.nanos(idle.pid());
      long[] before = cpuTimes();
      Waiting.sleep(WINDOW);
      long idleAfter = CpuTime.nanos(idle.pid());
      long[] after = cpuTimes();
      double percent = (System.nanoTime() - start) / 100.0;
      for (int at = 0; at < before.length; at++) {
        double above = after[at] - before[at] - (double) (idleAfter - idleBefore);
        queues.get(at).cpu().any().add(Math.max(0, above / percent));
      }
    }
    queues.forEach(
        queue -> queue.heap().any().add(Long.parseLong(queue.jvm().ask("heap")) / MEBIBYTE));
  }

  private long[] cpuTimes() {
    return queues.stream().mapToLong(queue -> CpuTime.nanos(queue.jvm().pid())).toArray();
  }

  @Override
  public void close() {
    idle.close();
    queues.forEach(queue -> queue.jvm().close());
    queues.forEach(queue -> queue.broker().close());
  }

  private record IdleQueue(Broker broker, CommandJvm jvm, Limit cpu, Limit heap) {}
}
