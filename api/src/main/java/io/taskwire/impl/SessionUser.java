/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;

/** A part of the queue that works with the sessions of the moment, one a host; called on the event loop. */
interface SessionUser {

  /** A host has a session. */
  default void connected(Connector host, Session session) {}

  /** A session takes more submits again. */
  default void writable() {}

  /** A host's session is gone; reconnecting is under way. */
  default void disconnected(Connector host) {}

  /** Connecting is given up, on all hosts, until somebody asks for it again. */
  default void gaveUp(BrokerConnectException cause) {}
}
