/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.Priority;
import io.taskwire.spi.Schedule;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A job, from its submit until nobody has to hear of it any more. */
final class ServerJob {

  /** What a job costs beyond its payload; estimated, for the limit. */
  private static final int OVERHEAD = 512;

  /** Where it is. */
  enum Place {
    /** Waits for its time. */
    DELAYED,
    /** Waits for a worker. */
    QUEUED,
    /** A worker has it. */
    RUNNING,
    /** Nowhere. */
    GONE
  }

  final String handle;
  final ServerFunction function;
  final String unique;
  final Priority priority;
  final @Nullable String reducer;
  final Buffer payload;

  Place place = Place.GONE;

  /** Whether it runs though no client waits for it. */
  boolean background;

  /** Whether its clients were told that it failed while a worker goes on with it. */
  boolean cancelled;

  long numerator;
  long denominator;

  /** How many workers were lost with it, or took too long. */
  int lostRuns;

  /** Who has it, while it runs. */
  @Nullable
  Peer worker;

  /** Its place in the row of its worker, or of its queue: it is never in both. */
  @Nullable
  ServerJob previous;

  @Nullable
  ServerJob next;

  /** Who waits for it, a submit each. */
  @Nullable
  Attachment clients;

  int clientCount;

  /** Another job with this unique, of another function. */
  @Nullable
  ServerJob sameKey;

  /** When its time comes, or ends. */
  Schedule.@Nullable Entry deadline;

  ServerJob(
      String handle,
      ServerFunction function,
      String unique,
      Priority priority,
      @Nullable String reducer,
      Buffer payload) {
    this.handle = handle;
    this.function = function;
    this.unique = unique;
    this.priority = priority;
    this.reducer = reducer;
    this.payload = payload;
  }

  long cost() {
    return (long) OVERHEAD + payload.length();
  }

  boolean isWanted() {
    return background || clients != null;
  }
}
