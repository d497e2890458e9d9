/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.Request;
import io.vertx.core.Future;

/** Where the jobs of a worker come from, as the worker sees it: a connection of its own, or its share of one. */
public interface JobSource {

  /** Sends a packet that has no answer; dropped when the connection is closed. */
  void send(Request packet);

  /** Completes when more may be written. */
  Future<Void> room();

  /** Names the server. */
  String broker();

  /** The last packet of a job has been sent, or its connection is lost: its slot is free. */
  void settled();

  /** A job goes back to the server, and those that come after it; ends with {@link JobReceiver#closed}. */
  void giveBack();

  /** Whether jobs are still begun: not while draining, giving jobs back, or after the end. */
  boolean isTaking();

  /**
   * Takes a slot for a job that gave its own up with {@link #settled()} though it was not: for one that is held and begun
   * again.
   *
   * @return false if none is free, or no job is begun any more
   */
  boolean takeSlot();

  /** Begins no more jobs until {@link #resume()}. */
  void pause();

  void resume();

  /** Takes no more jobs and waits for those at work. Completes when the server has taken note of it. */
  Future<Void> drain();

  /** Ends at once: the server hands the jobs at work to others. */
  Future<Void> close();

  /** The same for a reason outside, which makes the end unexpected. */
  void fail(Throwable cause);
}
