/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import java.util.UUID;

/**
 * Ids of our own, for what must be told apart across restarts: a server that starts again counts its handles from one. At
 * most 46 characters, so that an id can be a unique id too.
 */
final class TaskIds {

  private final String instance = UUID.randomUUID().toString().replace("-", "") + "-";
  private long last;

  /** Whether this process has made an id. */
  boolean isOurs(String id) {
    return id.startsWith(instance);
  }

  String next() {
    return instance + Long.toString(++last, Character.MAX_RADIX);
  }
}
