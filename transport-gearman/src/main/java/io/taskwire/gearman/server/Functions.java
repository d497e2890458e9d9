/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions by name. Those of which nothing is left go on being shown, as an administrator expects, until there are too
 * many: then the one idle for longest is forgotten.
 */
final class Functions {

  private final int most;
  private final Map<String, ServerFunction> byName = new LinkedHashMap<>();
  private final Set<ServerFunction> idle = new LinkedHashSet<>();

  Functions(int most) {
    this.most = most;
  }

  @Nullable
  ServerFunction find(String name) {
    return byName.get(name);
  }

  /**
   * Finds a function, or makes it.
   *
   * @return null if there are too many
   */
  @Nullable
  ServerFunction obtain(String name) {
    ServerFunction known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (byName.size() >= most) {
      if (idle.isEmpty()) {
        return null;
      }
      drop(idle.iterator().next());
    }
    ServerFunction made = new ServerFunction(name);
    byName.put(name, made);
    return made;
  }

  /** Something may have begun or ended with a function. */
  void changed(ServerFunction function) {
    boolean isIdle = function.isIdle();
    if (isIdle != function.listedAsIdle) {
      function.listedAsIdle = isIdle;
      if (!isIdle) {
        idle.remove(function);
      } else if (byName.get(function.name) == function) {
        idle.add(function);
      }
    }
  }

  void drop(ServerFunction function) {
    byName.remove(function.name);
    idle.remove(function);
  }

  Collection<ServerFunction> all() {
    return byName.values();
  }
}
