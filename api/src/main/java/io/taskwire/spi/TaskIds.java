/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.UUID;

/**
 * Ids of our own, for what must be told apart across restarts: a server that starts again counts its handles from one. At
 * most 46 characters, so that an id can be a unique id too.
 */
public final class TaskIds {

  private final String instance = UUID.randomUUID().toString().replace("-", "") + "-";
  private long last;

  /** Creates one whose ids nothing else has. */
  public TaskIds() {}

  /**
   * Tells whether an id is of this object.
   *
   * @param id any
   * @return whether {@link #next} gave it
   */
  public boolean isOurs(String id) {
    return id.startsWith(instance);
  }

  /**
   * Makes an id.
   *
   * @return one that was never given before
   */
  public String next() {
    return instance + Long.toString(++last, Character.MAX_RADIX);
  }
}
