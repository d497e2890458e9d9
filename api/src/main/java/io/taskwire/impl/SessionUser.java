/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;

/** A part of the queue that works with the session of the moment; called on the event loop. */
interface SessionUser {

  /** There is a session. */
  default void connected(Session session) {}

  /** The session takes more submits again. */
  default void writable() {}

  /** The session is gone; reconnecting is under way. */
  default void disconnected() {}

  /** Connecting is given up until somebody asks for it again. */
  default void gaveUp(BrokerConnectException cause) {}
}
