/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports nobody listens on. */
public final class FreePort {

  // Below the range from which systems take the ports of outgoing connections: a broker that is
  // down must not find its
  // port taken by one of them when it comes back.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private FreePort() {}

  /**
   * Finds a port that is free now on 127.0.0.1.
   *
   * @return the port
   * @throws IllegalStateException if none is found
   */
  public static int find() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // somebody listens there: the next one
      }
    }
    throw new IllegalStateException(
        "no free port found on 127.0.0.1 between " + LOWEST + " and " + HIGHEST);
  }
}
