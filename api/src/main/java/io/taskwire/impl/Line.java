/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.Session;
import java.util.ArrayDeque;

/** The submits on their way to one session. */
final class Line {

  private final Connector host;
  private final Session session;

  /** Those that must go to this host, because equal keys meet there, and cannot at the moment. */
  private final ArrayDeque<PendingTask<?>> waiting = new ArrayDeque<>(0);

  private int inFlight;
  private boolean ended;

  Line(Connector host, Session session) {
    this.host = host;
    this.session = session;
  }

  Connector host() {
    return host;
  }

  Session session() {
    return session;
  }

  ArrayDeque<PendingTask<?>> waiting() {
    return waiting;
  }

  int inFlight() {
    return inFlight;
  }

  void sent() {
    inFlight++;
  }

  void answered() {
    inFlight--;
  }

  /** The session is lost; what is still said of its submits does not count. */
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }
}
