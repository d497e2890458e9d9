/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Future;

/**
 * One queue's way to its broker. It outlives the sessions it makes, and holds what must outlive them, such as results
 * awaited over a reply tube. It never reconnects by itself: the queue does.
 */
public interface Transport {

  /**
   * Connects. Called again only after the last session is lost or closed, or the last attempt has failed.
   *
   * @param listener told of the session's loss, and of what belongs to no task
   * @return a live session; fails with a {@link BrokerConnectException}
   */
  Future<Session> connect(SessionListener listener);

  /**
   * Awaits the result of a task that a queue with the same {@link CoreOptions#CLIENT_ID} submitted, this one or one before
   * it. Only called with {@link io.taskwire.Feature#DURABLE_RESULTS} and a client id; with or without a session, and the
   * wait goes on across sessions.
   *
   * @param taskName the task's name
   * @param format the name of the serializer that reads the result, {@link Submission#RAW} for bytes
   * @param id the id that {@link AcceptedTask#id()} gave
   * @param listener hears one of the ends, not before this method has returned
   * @return the task; its {@link AcceptedTask#abandon()} ends the wait
   */
  default AcceptedTask attach(String taskName, String format, String id, SubmitListener listener) {
    throw new UnsupportedOperationException(
        "the transport's results do not survive their caller, as its capabilities say");
  }

  /**
   * Frees what outlives sessions. Called once, after the last session is closed, or while an attempt to connect is under
   * way, which then fails. Awaited results have been abandoned before.
   *
   * @return completes when nothing is left; does not fail
   */
  Future<Void> close();
}
