/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of this JVM that run and that nobody uses: starting one takes seconds. They end with the JVM. */
final class RabbitmqPool {

  private static final List<RabbitmqNode> IDLE = new ArrayList<>();

  // Each takes 150 MB; no test has more than two alike.
  private static final int LIMIT = 3;

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(RabbitmqPool::closeAll, "taskwire-tck-close-pool"));
  }

  private RabbitmqPool() {}

  /** Gives a node that runs and has no connections, as good as new; null if there is none. */
  static synchronized @Nullable RabbitmqNode take(RabbitmqSetup setup) {
    for (Iterator<RabbitmqNode> nodes = IDLE.iterator(); nodes.hasNext(); ) {
      RabbitmqNode node = nodes.next();
      if (!node.isRunning()) {
        nodes.remove();
        node.close();
      } else if (node.setup().equals(setup)) {
        nodes.remove();
        return node;
      }
    }
    return null;
  }

  /** Takes a node that runs and is set up as it was at first. */
  static synchronized void giveBack(RabbitmqNode node) {
    IDLE.add(node);
    if (IDLE.size() > LIMIT) {
      IDLE.remove(0).close();
    }
  }

  private static synchronized void closeAll() {
    IDLE.forEach(RabbitmqNode::close);
    IDLE.clear();
  }
}
