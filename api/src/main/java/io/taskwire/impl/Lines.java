/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.RendezvousHash;
import io.taskwire.spi.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are connected, as submits see them. Submits go round them; one with a unique key goes to the host that a
 * rendezvous hash gives it, so that equal keys meet as long as that host is up.
 *
 * <p>A host may have no more than its share of the submits in flight, so that one that has stopped answering does not
 * bring the others to a halt before it is found out.
 */
final class Lines {

  private final int most;
  private final int share;
  private final List<Line> all = new ArrayList<>(1);
  private int inFlight;
  private int last;

  Lines(int maxInFlight, int hosts) {
    this.most = maxInFlight;
    this.share = (maxInFlight + hosts - 1) / hosts;
  }

  void add(Connector host, Session session) {
    all.add(new Line(host, session));
  }

  /** Takes a host out, null if it was not there. */
  @Nullable
  Line remove(Connector host) {
    for (Line line : all) {
      if (line.host() == host) {
        all.remove(line);
        line.end();
        inFlight -= line.inFlight();
        return line;
      }
    }
    return null;
  }

  List<Line> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int inFlight() {
    return inFlight;
  }

  void sent(Line line) {
    line.sent();
    inFlight++;
  }

  void answered(Line line) {
    if (!line.isEnded()) {
      line.answered();
      inFlight--;
    }
  }

  boolean isReady(Line line) {
    return inFlight < most && line.inFlight() < share && line.session().isWritable();
  }

  /** The line of a submit, null if it has none now. One with a key has a line though that may not be ready. */
  @Nullable
  Line route(@Nullable String key) {
    return key == null ? next() : forKey(key);
  }

  private @Nullable Line next() {
    int size = all.size();
    for (int step = 1; step <= size; step++) {
      int at = (last + step) % size;
      Line line = all.get(at);
      if (line.waiting().isEmpty() && isReady(line)) {
        last = at;
        return line;
      }
    }
    return null;
  }

  private @Nullable Line forKey(String key) {
    return all.size() == 1
        ? all.get(0)
        : RendezvousHash.choose(all, line -> line.host().name(), key);
  }
}
