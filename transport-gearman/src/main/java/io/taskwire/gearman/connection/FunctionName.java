/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import org.jspecify.annotations.Nullable;

/** What a server takes for the name of a function. */
public final class FunctionName {

  public static final int MAX_BYTES = 255;

  private FunctionName() {}

  /**
   * Checks a task's name.
   *
   * @return what is wrong with it, null if it can travel
   */
  public static @Nullable String refuse(String name) {
    if (name.isEmpty()) {
      return "Gearman knows no function with an empty name";
    }
    if (name.indexOf('\0') >= 0) {
      return "Gearman's function names cannot hold a NUL";
    }
    if (Utf8.isLonger(name, MAX_BYTES)) {
      return "Gearman's function names have at most " + MAX_BYTES + " bytes of UTF-8";
    }
    return null;
  }
}
