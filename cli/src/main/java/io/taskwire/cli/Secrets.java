/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.util.regex.Pattern;

/** Keeps what could be a password out of messages that quote arguments. */
final class Secrets {

  private static final Pattern AFTER_SCHEME =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://)[^\\s'\"]+");

  private Secrets() {}

  /** Leaves only the scheme of each URI: a misplaced one need not be readable, so nothing else of it is safe. */
  static String hide(String message) {
    return AFTER_SCHEME.matcher(message).replaceAll("$1***");
  }
}
