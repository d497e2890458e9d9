/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named brokers of this JVM, each as long as some queue of its name is open. Queues are opened and closed on any
 * thread, so all of it is under one monitor, which is taken before a broker's lock and never after it.
 */
final class Brokers {

  private static final Map<String, Broker> OPEN = new HashMap<>();
  private static final Map<String, MemoryFaults> FAULTS = new HashMap<>();

  private Brokers() {}

  static Port join(TransportContext context) {
    String name = context.uri().path();
    String idPrefix =
        context.instanceId().substring(0, Math.min(12, context.instanceId().length())) + "-";
    if (name.isEmpty()) {
      return Broker.ownedByOneQueue(idPrefix).join(context);
    }
    synchronized (OPEN) {
      Broker broker = OPEN.get(name);
      if (broker == null || broker.isDeserted()) {
        broker = Broker.shared(name, idPrefix, FAULTS.get(name));
        OPEN.put(name, broker);
      }
      return broker.join(context);
    }
  }

  static Future<Void> leave(Port port) {
    synchronized (OPEN) {
      Future<Void> left = port.broker.leave(port);
      if (port.broker.isDeserted()) {
        OPEN.remove(port.broker.name(), port.broker);
      }
      return left;
    }
  }

  static void inject(String name, MemoryFaults faults) {
    synchronized (OPEN) {
      FAULTS.put(name, faults);
      tell(name, faults);
    }
  }

  static void withdraw(String name, MemoryFaults faults) {
    synchronized (OPEN) {
      if (FAULTS.remove(name, faults)) {
        tell(name, null);
      }
    }
  }

  private static void tell(String name, @Nullable MemoryFaults faults) {
    Broker broker = OPEN.get(name);
    if (broker != null) {
      broker.inject(faults);
    }
  }

  static void dropSessions(String name, Throwable cause) {
    synchronized (OPEN) {
      Broker broker = OPEN.get(name);
      if (broker != null) {
        broker.dropSessions(cause);
      }
    }
  }

  static List<DeadLetter> deadLetters(String name) {
    synchronized (OPEN) {
      Broker broker = OPEN.get(name);
      return broker == null ? List.of() : broker.deadLetters();
    }
  }
}
