/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

/**
 * Decides how many jobs a connection asks for, and when it sleeps. Never more grabs are unanswered than slots are free; a
 * worker that answered each NOOP with a round of grabs, whatever was still unanswered, made a server queue replies without
 * bound.
 *
 * <p>After sleep it asks for one job. Each job it gets raises the number of grabs by one, so that it doubles with each
 * round, up to the free slots; each NO_JOB lowers it: a job now and then does not cost the server a grab for every slot.
 */
final class GrabTokens {

  private final JobSlots slots;
  private int running;
  private int outstanding;

  /** Unanswered for so long that their slots were given to others. */
  private int late;

  private boolean answered;
  private int target = 1;
  private boolean wanted = true;
  private boolean asleep;
  private boolean stopped;
  private boolean gotJob;
  private boolean gotNone;

  GrabTokens(JobSlots slots) {
    this.slots = slots;
  }

  /** A grab was answered with a job, which takes its slot. */
  void assigned() {
    answered();
    running++;
    slots.assigned();
    gotJob = true;
    target = Math.max(1, Math.min(slots.total(), target + 1));
  }

  private void answered() {
    outstanding--;
    answered = true;
    if (late > 0) {
      late--;
    } else {
      slots.unanswered(1);
    }
  }

  /**
   * To be called now and then where slots are shared. A server answers a grab at once; one that has answered nothing since
   * the last call does not keep the slots of its grabs from the others.
   */
  void freeLate() {
    if (outstanding > late && !answered) {
      slots.unanswered(outstanding - late);
      late = outstanding;
    }
    answered = false;
  }

  /** A grab was answered with NO_JOB. */
  void none() {
    answered();
    gotNone = true;
    target = Math.max(1, target - 1);
  }

  /** NOOP: there may be a job. */
  void woken() {
    asleep = false;
    wanted = true;
  }

  /** A job is settled and its slot free. */
  void settled() {
    running--;
    slots.settled(1);
  }

  /** A job that was held without a slot takes one; false if none is free. */
  boolean takeSlot() {
    if (slots.resumed()) {
      running++;
      return true;
    }
    return false;
  }

  /** All answers that came together have been counted: as long as jobs are among them there may be more. */
  void endOfAnswers() {
    if (gotJob) {
      wanted = true;
    } else if (gotNone) {
      wanted = false;
    }
    gotJob = false;
    gotNone = false;
  }

  void stop() {
    stopped = true;
  }

  void resume() {
    stopped = false;
    woken();
  }

  /**
   * The connection is closed: what is unanswered stays so. Jobs keep their slots until they are settled.
   *
   * @param held jobs that nobody will settle
   */
  void closed(int held) {
    stopped = true;
    slots.unanswered(outstanding - late);
    slots.settled(held);
    running -= held;
    outstanding = 0;
    late = 0;
  }

  /** Gives the number of grabs to send now; they count as sent. */
  int takeGrabs() {
    return takeGrabs(Integer.MAX_VALUE);
  }

  /** The same, at most so many. */
  int takeGrabs(int most) {
    if (stopped || !wanted || late > 0) {
      return 0;
    }
    int grabs = Math.max(0, Math.min(most, Math.min(target - outstanding, slots.free())));
    outstanding += grabs;
    slots.grabbed(grabs);
    return grabs;
  }

  /** Tells whether to send PRE_SLEEP now; it counts as sent. */
  boolean takeSleep() {
    if (stopped || wanted || asleep || outstanding > 0 || running >= slots.total()) {
      return false;
    }
    asleep = true;
    return true;
  }

  int outstanding() {
    return outstanding;
  }
}
