/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.Utf8;
import org.jspecify.annotations.Nullable;

/** What joins equal jobs at the server. */
final class UniqueId {

  /** Server 1.1.20 takes 64 bytes too, and then corrupts the payload. */
  private static final int MAX_BYTES = 63;

  /** Jobs of the two kinds must not join: one that did would vanish with the other's caller. */
  private static final String FOREGROUND = "f:";

  private static final String BACKGROUND = "b:";

  private UniqueId() {}

  static String of(String key, boolean foreground) {
    return (foreground ? FOREGROUND : BACKGROUND) + key;
  }

  /**
   * Checks a unique id.
   *
   * @return what is wrong with it, null if it can travel
   */
  static @Nullable String refuse(String unique) {
    if (unique.indexOf('\0') >= 0) {
      return "a unique key cannot hold a NUL";
    }
    if (Utf8.isLonger(unique, MAX_BYTES)) {
      return "a unique key has at most " + (MAX_BYTES - FOREGROUND.length())
          + " bytes of UTF-8 on Gearman";
    }
    return null;
  }
}
