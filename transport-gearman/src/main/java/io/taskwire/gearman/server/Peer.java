/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client, a worker, an administrator, or all of these in one: what the server knows of a connection. */
final class Peer {

  static final String NO_ID = "-";

  final PeerSocket socket;

  /** Which connection it is, in the list of workers. */
  final long number;

  /** The common name of its certificate; null if it has none. */
  final @Nullable String subject;

  String clientId = NO_ID;

  /** Whether it wants to hear why jobs fail. */
  boolean wantsExceptions;

  /** Whether it is to be woken for a job. */
  boolean asleep;

  /** What it serves; what it registered last is served first. */
  final List<Ability> abilities = new ArrayList<>(2);

  /** The jobs it has as a worker. */
  final JobRow held = new JobRow();

  /** What it waits for as a client; the first of the row. */
  @Nullable
  Attachment attachments;

  Peer(PeerSocket socket, long number, @Nullable String subject) {
    this.socket = socket;
    this.number = number;
    this.subject = subject;
  }

  @Nullable
  Ability ability(String function) {
    for (Ability ability : abilities) {
      if (ability.function.name.equals(function)) {
        return ability;
      }
    }
    return null;
  }

  /** Whether a job waits that it could have. */
  boolean hasWork() {
    for (Ability ability : abilities) {
      if (ability.function.hasQueued()) {
        return true;
      }
    }
    return false;
  }

  void sleep() {
    asleep = true;
    for (Ability ability : abilities) {
      ability.function.sleepers.add(this);
    }
  }

  void wake() {
    asleep = false;
    for (Ability ability : abilities) {
      ability.function.sleepers.remove(this);
    }
  }
}
