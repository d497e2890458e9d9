/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.net.TcpConfig;
import io.vertx.core.net.TcpOption;

/** How the sockets of brokers' connections are set up, on either side. */
public final class TcpKeepAlive {

  private static final int IDLE_SECONDS = 10;
  private static final int INTERVAL_SECONDS = 5;
  private static final int PROBES = 3;

  private TcpKeepAlive() {}

  /**
   * Sockets that send at once, and whose kernel asks a silent peer after 10 s whether it lives: one that does not is given
   * up 15 s later, also while nothing is sent.
   *
   * @return a configuration that belongs to the caller
   */
  public static TcpConfig config() {
    return new TcpConfig()
        .setSoKeepAlive(true)
        .setOption(TcpOption.NODELAY, true)
        .setOption(TcpOption.KEEPIDLE, IDLE_SECONDS)
        .setOption(TcpOption.KEEPINTVL, INTERVAL_SECONDS)
        .setOption(TcpOption.KEEPCNT, PROBES);
  }
}
