/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

/**
 * Decides how many jobs a worker asks for, and when it sleeps. Never more grabs are unanswered than slots are free; a
 * worker that answered each NOOP with a round of grabs, whatever was still unanswered, made a server queue replies without
 * bound.
 *
 * <p>After sleep it asks for one job. Each job it gets raises the number of grabs by one, so that it doubles with each
 * round, up to the free slots; each NO_JOB lowers it: a job now and then does not cost the server a grab for every slot.
 */
public final class GrabTokens {

  private final int concurrency;
  private int running;
  private int outstanding;
  private int target = 1;
  private boolean wanted = true;
  private boolean asleep;
  private boolean stopped;
  private boolean gotJob;
  private boolean gotNone;

  public GrabTokens(int concurrency) {
    this.concurrency = concurrency;
  }

  /** A grab was answered with a job, which takes a slot. */
  public void assigned() {
    outstanding--;
    running++;
    gotJob = true;
    target = Math.min(concurrency, target + 1);
  }

  /** A grab was answered with NO_JOB. */
  public void none() {
    outstanding--;
    gotNone = true;
    target = Math.max(1, target - 1);
  }

  /** NOOP: there may be a job. */
  public void woken() {
    asleep = false;
    wanted = true;
  }

  /** A job is settled and its slot free. */
  public void settled() {
    running--;
  }

  /** All answers that came together have been counted: as long as jobs are among them there may be more. */
  public void endOfAnswers() {
    if (gotJob) {
      wanted = true;
    } else if (gotNone) {
      wanted = false;
    }
    gotJob = false;
    gotNone = false;
  }

  public void stop() {
    stopped = true;
  }

  public void resume() {
    stopped = false;
    woken();
  }

  /** Gives the number of grabs to send now; they count as sent. */
  public int takeGrabs() {
    if (stopped || !wanted) {
      return 0;
    }
    int grabs = Math.max(0, Math.min(target, concurrency - running) - outstanding);
    outstanding += grabs;
    return grabs;
  }

  /** Tells whether to send PRE_SLEEP now; it counts as sent. */
  public boolean takeSleep() {
    if (stopped || wanted || asleep || outstanding > 0 || running >= concurrency) {
      return false;
    }
    asleep = true;
    return true;
  }

  public int outstanding() {
    return outstanding;
  }
}
