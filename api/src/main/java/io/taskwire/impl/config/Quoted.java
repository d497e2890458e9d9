/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

/** Text from outside, fit for one line of a log: bounded, without control characters. */
final class Quoted {

  private static final int MOST = 100;

  private Quoted() {}

  static String text(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MOST)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(quoted::appendCodePoint);
    return quoted
        .append(text.codePointCount(0, text.length()) > MOST ? "…'" : "'")
        .toString();
  }
}
