/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a queue, mostly one. Each is connected for itself, with a transport of its own; what they have in common is
 * that the queue is without a broker only if it is without all of them.
 */
final class Hosts {

  private final List<Connector> all = new ArrayList<>(1);
  private List<SessionUser> users = List.of();

  void add(Connector host) {
    all.add(host);
  }

  void users(SessionUser... parts) {
    this.users = List.of(parts);
  }

  int count() {
    return all.size();
  }

  List<Connector> all() {
    return all;
  }

  /** Begins to connect to each host where that is not under way or done. */
  void ensureConnecting() {
    all.forEach(Connector::ensureConnecting);
  }

  /** The session of any host that has one, null if none has. */
  @Nullable
  Session anySession() {
    for (Connector host : all) {
      Session session = host.session();
      if (session != null) {
        return session;
      }
    }
    return null;
  }

  /** The sessions of all hosts that have one. */
  List<Session> sessions() {
    List<Session> sessions = new ArrayList<>(all.size());
    for (Connector host : all) {
      Session session = host.session();
      if (session != null) {
        sessions.add(session);
      }
    }
    return sessions;
  }

  /** Why a host has no session, as far as is known. */
  @Nullable
  Throwable lastFailure() {
    for (Connector host : all) {
      Throwable failure = host.lastFailure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  void up(Connector host, Session session) {
    users.forEach(user -> user.connected(host, session));
  }

  void lost(Connector host) {
    users.forEach(user -> user.disconnected(host));
  }

  void writable() {
    users.forEach(SessionUser::writable);
  }

  /** A host is given up, which matters if no other has a session, or may have one soon. */
  void gaveUp(BrokerConnectException cause) {
    for (Connector host : all) {
      if (!host.isIdle()) {
        return;
      }
    }
    users.forEach(user -> user.gaveUp(cause));
  }

  /** Looks out for the result of a task of an earlier life on every host: the caller need not know which had it. */
  AcceptedTask attach(String taskName, String format, String id, SubmitListener listener) {
    if (all.size() == 1) {
      return all.get(0).transport().attach(taskName, format, id, listener);
    }
    AttachedEverywhere everywhere = new AttachedEverywhere(id, listener);
    all.forEach(host ->
        everywhere.add(host.transport().attach(taskName, format, id, everywhere.listenerOfOne())));
    return everywhere;
  }

  /** Ends all sessions and all attempts. Completes when nothing of them is left; does not fail. */
  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>(all.size());
    all.forEach(host -> closing.add(host.close()));
    return Future.join(closing).mapEmpty();
  }
}
