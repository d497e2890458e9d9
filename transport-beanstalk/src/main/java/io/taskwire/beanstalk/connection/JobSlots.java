/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs a worker works on at once, over all the loops that share this object: one for each broker, or for each tube
 * with a weight of its own. A slot is taken by a poll as long as it is unanswered, and then by its job.
 *
 * <p>A reserve that waits takes none, or a broker without jobs would keep slots from those that have some. So a job may come
 * when all slots are taken: it is <i>late</i>, and begins with the next that is free. Slots that become free go round the
 * loops in turn.
 */
public final class JobSlots {

  private final int total;
  private final List<ReserveLoop> sharers = new ArrayList<>(1);
  private final ArrayDeque<ReservedJob> late = new ArrayDeque<>(0);
  private int polls;
  private int jobs;

  private int next;

  /** How many more slots the loop that is next gets in a row. */
  private int turn;

  public JobSlots(int total) {
    this.total = total;
  }

  public int total() {
    return total;
  }

  int free() {
    return total - polls - jobs;
  }

  void polled() {
    polls++;
  }

  void answered() {
    polls--;
  }

  /** Takes a slot for a job that has come; false if there is none, and then the job is late. */
  boolean take(ReservedJob job) {
    if (free() > 0) {
      jobs++;
      return true;
    }
    late.add(job);
    return false;
  }

  void freed() {
    jobs--;
  }

  /** A job does not begin any more; false if it was not late. */
  boolean forget(ReservedJob job) {
    return late.remove(job);
  }

  /** Takes one of the late jobs of a loop away; null if there is none. */
  @Nullable
  ReservedJob late(ReserveLoop sharer) {
    for (ReservedJob job : late) {
      if (job.isOf(sharer)) {
        late.remove(job);
        return job;
      }
    }
    return null;
  }

  void join(ReserveLoop sharer) {
    sharers.add(sharer);
  }

  /** A loop has ended: what it had taken is free. */
  void leave(ReserveLoop sharer, int itsPolls, int itsJobs) {
    if (sharers.remove(sharer)) {
      next = 0;
      turn = 0;
    }
    polls -= itsPolls;
    jobs -= itsJobs;
  }

  /** Offers what is free, first to jobs that are here, then to the loops. */
  void offer() {
    while (!late.isEmpty() && free() > 0) {
      jobs++;
      ReservedJob job = late.remove();
      job.begin();
    }
    if (sharers.size() == 1) {
      sharers.get(0).look();
      return;
    }
    int refused = 0;
    while (refused < sharers.size() && free() > 0) {
      ReserveLoop loop = nextInTurn();
      if (loop.pollOne()) {
        turn--;
        refused = 0;
      } else {
        // Before the others take what is free: it may wait for a job without a slot.
        loop.ask();
        turn = 0;
        refused++;
      }
    }
  }

  private ReserveLoop nextInTurn() {
    if (turn <= 0 || next >= sharers.size()) {
      next = (next + 1) % sharers.size();
      turn = sharers.get(next).weight();
    }
    return sharers.get(next);
  }
}
