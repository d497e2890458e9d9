/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** Writes what all connections have to send, once at the end of a turn of the event loop. */
final class Flusher {

  private final Context context;
  private List<PeerSocket> waiting = new ArrayList<>();
  private List<PeerSocket> spare = new ArrayList<>();
  private boolean scheduled;

  Flusher(Context context) {
    this.context = context;
  }

  /** Has a connection flushed; it counts itself in once. */
  void add(PeerSocket socket) {
    waiting.add(socket);
    if (!scheduled) {
      scheduled = true;
      context.runOnContext(end -> flush());
    }
  }

  private void flush() {
    scheduled = false;
    List<PeerSocket> now = waiting;
    waiting = spare;
    now.forEach(PeerSocket::flush);
    now.clear();
    spare = now;
  }
}
