/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import java.util.ArrayList;
import java.util.List;

/**
 * How many jobs a worker works on at once, over all the connections that share this object. A slot is taken by a grab as
 * long as it is unanswered, and then by its job. Slots that become free are offered to the connections in turn, so that a
 * server with many jobs does not keep the others from being served.
 */
public final class JobSlots {

  private final List<GrabLoop> sharers = new ArrayList<>(1);
  private int total;
  private int wanted = Integer.MAX_VALUE;
  private int grabs;
  private int jobs;

  /** Those of the jobs that came late, and have no slot yet. */
  private int waiting;

  private int next;

  public JobSlots(int total) {
    this.total = total;
  }

  public int total() {
    return total;
  }

  /** Sets another number of slots. If more are taken, none is free until enough jobs have ended. */
  public void resize(int slots) {
    total = slots;
    offer();
  }

  /** Limits the grabs that are unanswered at once, for a worker that takes jobs only when somebody waits for one. */
  public void want(int most) {
    wanted = most;
    offer();
  }

  int free() {
    return Math.max(0, Math.min(total - grabs - jobs, wanted - grabs));
  }

  void grabbed(int count) {
    grabs += count;
  }

  void unanswered(int count) {
    grabs -= count;
  }

  void assigned() {
    jobs++;
  }

  /** A job that was held without a slot takes one; false if none is free. */
  boolean resumed() {
    if (grabs + jobs >= total) {
      return false;
    }
    jobs++;
    return true;
  }

  /** A job has come that was not counted on any more, and there is no slot for it. */
  boolean isOverfull() {
    return jobs - waiting > total;
  }

  void waits() {
    waiting++;
  }

  /** Whether a job that waits may begin; it counts as begun. */
  boolean takeWaiting() {
    if (jobs - waiting >= total) {
      return false;
    }
    waiting--;
    return true;
  }

  /** Whether a job has come that waits for a slot. */
  public boolean isAnyWaiting() {
    return waiting > 0;
  }

  void forgetWaiting(int count) {
    waiting -= count;
  }

  void settled(int count) {
    jobs -= count;
  }

  void join(GrabLoop sharer) {
    sharers.add(sharer);
  }

  void leave(GrabLoop sharer) {
    sharers.remove(sharer);
  }

  /** Offers what is free. */
  public void offer() {
    for (int i = 0; waiting > 0 && i < sharers.size(); i++) {
      sharers.get(i).beginLate();
    }
    if (sharers.size() == 1) {
      sharers.get(0).pump();
      return;
    }
    for (int refused = 0; refused < sharers.size() && free() > 0; ) {
      next = (next + 1) % sharers.size();
      refused = sharers.get(next).grabOne() ? 0 : refused + 1;
    }
    for (int i = 0; i < sharers.size(); i++) {
      sharers.get(i).sleepIfIdle();
    }
  }
}
