/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.util.List;

/**
 * One connection to a server; a line of {@code workers}, which lists clients and the asker too.
 *
 * @param fileDescriptor the server's number for the connection
 * @param address from where it is connected
 * @param clientId what it calls itself, empty if it did not say
 * @param functions the functions it has registered, none for a client. The server puts a blank between them and none around:
 *     a name with a blank in it looks like two
 */
public record ConnectedPeer(
    long fileDescriptor, String address, String clientId, List<String> functions) {

  private static final String SEPARATOR = " :";
  private static final String NO_ID = "-";

  /**
   * Keeps a copy of the list.
   *
   * @param fileDescriptor the server's number for the connection
   * @param address from where it is connected
   * @param clientId what it calls itself, empty if it did not say
   * @param functions the functions it has registered
   */
  public ConnectedPeer {
    functions = List.copyOf(functions);
  }

  /**
   * Tells workers and others apart.
   *
   * @return whether it has registered a function
   */
  public boolean isWorker() {
    return !functions.isEmpty();
  }

  /** {@code FD IP CLIENT-ID : F F…}; a client id may hold blanks. */
  static ConnectedPeer parse(String line) {
    int afterNumber = line.indexOf(' ');
    int afterAddress = line.indexOf(' ', afterNumber + 1);
    int separator = line.indexOf(SEPARATOR, Math.max(afterAddress, 0));
    if (afterNumber < 0 || afterAddress < 0 || separator < 0) {
      throw Columns.unreadable("workers", line);
    }
    String id = separator == afterAddress ? "" : line.substring(afterAddress + 1, separator);
    String functions = line.substring(separator + SEPARATOR.length()).strip();
    return new ConnectedPeer(
        Columns.number("workers", line, line.substring(0, afterNumber)),
        line.substring(afterNumber + 1, afterAddress),
        id.equals(NO_ID) ? "" : id,
        functions.isEmpty() ? List.of() : List.of(functions.split(" ")));
  }
}
