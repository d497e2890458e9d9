/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.Broker;
import java.util.ArrayList;
import java.util.List;

/**
 * How much heap a task takes on the caller's side while its result is waited for: the slope between few tasks that nobody
 * handles and many, after full collections. What the payload takes is not counted; only memory holds it.
 */
final class HeapPerTask {

  private static final List<String> ROOM = List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC");
  private static final int FEW = 10_000;
  private static final int MANY = 1_000_000;
  private static final int MANY_IN_BRIEF = 200_000;

  private HeapPerTask() {}

  static void measure(Broker broker, Settings settings, Limit row) {
    int many = settings.isBrief() ? MANY_IN_BRIEF : MANY;
    List<String> flags = new ArrayList<>(settings.jvmFlags());
    flags.addAll(ROOM);
    broker.start();
    try (CommandJvm jvm = CommandJvm.start(ProbeProcess.class, flags, broker.url())) {
      long before = heapWith(FEW, jvm);
      long after = heapWith(many, jvm);
      double each = (after - before) / (double) (many - FEW);
      row.any().add(broker.isProcess() ? each : each - Payload.SIZE);
      jvm.kill(); // nobody waits for so many errors
    }
  }

  private static long heapWith(int tasks, CommandJvm jvm) {
    jvm.ask("await nobody " + tasks);
    return Long.parseLong(jvm.ask("heap"));
  }
}
