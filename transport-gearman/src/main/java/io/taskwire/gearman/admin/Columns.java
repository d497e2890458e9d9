/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.admin;

import io.taskwire.gearman.GearmanException;

/** A line of an admin list: a name and numbers, with a TAB between them. A TAB in the name makes no difference. */
final class Columns {

  private static final int MOST_DIGITS = 18;

  private final String command;
  private final String line;
  private final String[] parts;
  private final int numbers;

  private Columns(String command, String line, String[] parts, int numbers) {
    this.command = command;
    this.line = line;
    this.parts = parts;
    this.numbers = numbers;
  }

  static Columns of(String command, String line, int numbers) {
    String[] parts = line.split("\t", -1);
    if (parts.length <= numbers) {
      throw unreadable(command, line);
    }
    return new Columns(command, line, parts, numbers);
  }

  String name() {
    int length = line.length();
    for (int i = 0; i < numbers; i++) {
      length -= parts[parts.length - 1 - i].length() + 1;
    }
    return line.substring(0, length);
  }

  /** One of the numbers behind the name. */
  long number(int index) {
    return number(command, line, parts[parts.length - numbers + index]);
  }

  static long number(String command, String line, String digits) {
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      throw unreadable(command, line);
    }
    long number = 0;
    for (int at = 0; at < digits.length(); at++) {
      char c = digits.charAt(at);
      if (c < '0' || c > '9') {
        throw unreadable(command, line);
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  /** A name with a line end in it does that, for example. */
  static GearmanException unreadable(String command, String line) {
    return new GearmanException(
        "the server lists a line for \"" + command + "\" that cannot be read: \"" + line
            + "\"; command(\"" + command + "\") gives the lines as they are",
        null);
  }
}
