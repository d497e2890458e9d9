/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

/** Which way bytes go through a {@link TcpProxy}. */
public enum Direction {
  /** From whoever connected to the server behind the proxy. */
  TO_SERVER,
  /** From the server behind the proxy to whoever connected. */
  TO_CLIENT
}
