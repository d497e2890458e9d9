/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.admin;

import io.taskwire.gearman.ConnectedPeer;
import io.taskwire.gearman.FunctionPriorities;
import io.taskwire.gearman.FunctionStatus;
import io.taskwire.gearman.ListedJob;
import java.util.List;

/** Reads the lines of admin lists. */
final class AdminRows {

  private static final String BEFORE_FUNCTIONS = " :";
  private static final String NO_ID = "-";

  private AdminRows() {}

  static FunctionStatus functionStatus(String line) {
    Columns columns = Columns.of("status", line, 3);
    return new FunctionStatus(
        columns.name(), columns.number(0), columns.number(1), columns.number(2));
  }

  static FunctionPriorities functionPriorities(String line) {
    Columns columns = Columns.of("prioritystatus", line, 4);
    return new FunctionPriorities(
        columns.name(), columns.number(0), columns.number(1), columns.number(2), columns.number(3));
  }

  static ListedJob listedJob(String line) {
    Columns columns = Columns.of("show jobs", line, 3);
    return new ListedJob(
        columns.name(), columns.number(0), columns.number(1) != 0, columns.number(2) != 0);
  }

  /** {@code FD IP CLIENT-ID : F F…}; a client id may hold blanks. */
  static ConnectedPeer connectedPeer(String line) {
    int afterNumber = line.indexOf(' ');
    int afterAddress = line.indexOf(' ', afterNumber + 1);
    int separator = line.indexOf(BEFORE_FUNCTIONS, Math.max(afterAddress, 0));
    if (afterNumber < 0 || afterAddress < 0 || separator < 0) {
      throw Columns.unreadable("workers", line);
    }
    String id = separator == afterAddress ? "" : line.substring(afterAddress + 1, separator);
    String functions = line.substring(separator + BEFORE_FUNCTIONS.length()).strip();
    return new ConnectedPeer(
        Columns.number("workers", line, line.substring(0, afterNumber)),
        line.substring(afterNumber + 1, afterAddress),
        id.equals(NO_ID) ? "" : id,
        functions.isEmpty() ? List.of() : List.of(functions.split(" ")));
  }
}
