/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes the JVMs of both sides allocate for a round trip, as they count themselves. They compile without C2,
 * which would leave out some allocations and take a while to decide which: so the figure is what the code asks for, and the
 * same in every run, on any machine.
 */
final class AllocatedBytes {

  private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");
  private static final int TASKS = Callers.IN_FLIGHT;
  private static final int RUNS = 2;

  private AllocatedBytes() {}

  /** Measures by side; where both share a JVM, {@code both} is the only one. The broker is started already. */
  static Map<String, Double> perTask(Broker broker) {
    try (CommandJvm client = start(broker)) {
      if (!broker.isProcess()) {
        return perTask(Map.of("both", client), client, client);
      }
      try (CommandJvm worker = start(broker)) {
        return perTask(Map.of("client", client, "worker", worker), client, worker);
      }
    }
  }

  private static CommandJvm start(Broker broker) {
    return CommandJvm.start(ProbeProcess.class, FLAGS, broker.url());
  }

  private static Map<String, Double> perTask(
      Map<String, CommandJvm> sides, CommandJvm client, CommandJvm worker) {
    worker.ask("serve allocated 1");
    call(client); // what is allocated once
    Map<String, Samples> samples = new LinkedHashMap<>();
    for (int i = 0; i < RUNS; i++) {
      Map<String, Long> before = allocated(sides);
      int tasks = call(client);
      allocated(sides)
          .forEach((side, bytes) -> samples
              .computeIfAbsent(side, key -> new Samples())
              .add((bytes - before.getOrDefault(side, 0L)) / (double) tasks));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    samples.forEach((side, bytes) -> medians.put(side, bytes.median()));
    return medians;
  }

  private static int call(CommandJvm client) {
    return Integer.parseInt(client.ask("call allocated 1 1 " + TASKS));
  }

  private static Map<String, Long> allocated(Map<String, CommandJvm> sides) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    sides.forEach((side, jvm) -> bytes.put(side, Long.valueOf(jvm.ask("allocated"))));
    return bytes;
  }
}
