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
}
