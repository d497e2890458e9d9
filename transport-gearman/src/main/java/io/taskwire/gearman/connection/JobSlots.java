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

  private final int total;
  private final List<GrabLoop> sharers = new ArrayList<>(1);
  private int taken;
  private int next;

  public JobSlots(int total) {
    this.total = total;
  }

  public int total() {
    return total;
  }

  int free() {
    return Math.max(0, total - taken);
  }

  void take(int slots) {
    taken += slots;
  }

  void release(int slots) {
    taken -= slots;
  }

  void join(GrabLoop sharer) {
    sharers.add(sharer);
  }

  void leave(GrabLoop sharer) {
    sharers.remove(sharer);
  }

  /** Offers what is free. */
  void offer() {
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
