/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * What a client knows of a job. A job is in exactly one state, and each says one thing.
 *
 * <pre>
 * PENDING → CREATED → RUNNING → COMPLETE, FAILED or EXCEPTION
 *    ↓         ↓         ↓
 * REFUSED    LOST or ABANDONED          (PENDING again, if a lost one is retried)
 * </pre>
 *
 * <p>{@link #TIMED_OUT} stands in the place of PENDING, CREATED or RUNNING after a wait ended in vain, until the job is
 * waited for again or ends.
 */
public enum JobState {

  /** Submitted here; no server has acknowledged it yet. */
  PENDING(false),

  /** A server has it. The last state of a background job: no more is told of one. */
  CREATED(false),

  /**
   * A worker has been heard of: it sent progress, data or a warning, or the server said so when it was asked. Servers do not
   * tell by themselves that a worker has begun.
   */
  RUNNING(false),

  /** It ended with a result. */
  COMPLETE(true),

  /** The worker said that it failed, and no more. */
  FAILED(true),

  /** The worker said why it failed. */
  EXCEPTION(true),

  /**
   * The connection was lost after it had been sent, or the server did not acknowledge it in time: it may run, may have run or
   * may never run, and no result can come.
   */
  LOST(true),

  /** It was not queued: the server or the client refused it, or there was no server. It will not run. */
  REFUSED(true),

  /**
   * This client has stopped waiting for it, and it may still run: {@link GearmanJob#abandon}, its time limit, or the client's
   * close. Or its result was over {@link GearmanOptions#maxPayload} and could not be taken.
   */
  ABANDONED(true),

  /**
   * The last wait for it ended in vain. The client goes on listening: this is no end, and the job's end replaces it.
   */
  TIMED_OUT(false);

  private final boolean end;

  JobState(boolean end) {
    this.end = end;
  }

  /**
   * Tells whether nothing more will be heard of the job.
   *
   * @return true for the states that are never left, apart from a lost job that is retried
   */
  public boolean isEnd() {
    return end;
  }
}
