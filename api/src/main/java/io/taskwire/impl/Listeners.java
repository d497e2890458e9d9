/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the queue's listeners what happens. Costs one test where there are none. */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<QueueListener> all;

  Listeners(List<QueueListener> all) {
    this.all = List.copyOf(all);
  }

  boolean none() {
    return all.isEmpty();
  }

  void tell(Consumer<QueueListener> event) {
    for (QueueListener listener : all) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("A listener of the queue failed and is ignored: {}", listener, e);
      }
    }
  }
}
