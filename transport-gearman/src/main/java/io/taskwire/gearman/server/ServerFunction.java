/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.Priority;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A function: its jobs in line, how many there are, and who serves it. */
final class ServerFunction {

  /** The jobs of a priority. */
  private static final class Line {

    final JobRow row = new JobRow();
    int waiting;
    int limit;
  }

  final String name;

  /** Whether an administrator made it, who wants to see it though nothing happens. */
  boolean created;

  /** Whether {@link Functions} has it among those it may forget. */
  boolean listedAsIdle;

  /** How many registrations of workers there are. */
  int workers;

  /** Workers that sleep and are to be woken for its jobs. */
  final Set<Peer> sleepers = new LinkedHashSet<>();

  private final Line high = new Line();
  private final Line normal = new Line();
  private final Line low = new Line();
  private int queued;
  private int running;
  private int delayed;

  ServerFunction(String name) {
    this.name = name;
  }

  private Line line(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> normal;
      case LOW -> low;
    };
  }

  void delay(ServerJob job) {
    job.place = ServerJob.Place.DELAYED;
    line(job.priority).waiting++;
    delayed++;
  }

  void queue(ServerJob job) {
    job.place = ServerJob.Place.QUEUED;
    Line line = line(job.priority);
    line.row.add(job);
    line.waiting++;
    queued++;
  }

  /** Counts a job that was taken out by {@link #leave} as running. */
  void run(ServerJob job) {
    job.place = ServerJob.Place.RUNNING;
    running++;
  }

  /** Takes a job out of the place where it is. */
  void leave(ServerJob job) {
    switch (job.place) {
      case DELAYED -> {
        line(job.priority).waiting--;
        delayed--;
      }
      case QUEUED -> {
        Line line = line(job.priority);
        line.row.remove(job);
        line.waiting--;
        queued--;
      }
      case RUNNING -> running--;
      case GONE -> {}
    }
    job.place = ServerJob.Place.GONE;
  }

  boolean hasQueued() {
    return queued > 0;
  }

  /** The job whose turn it is; null if none waits. */
  @Nullable
  ServerJob first() {
    if (queued == 0) {
      return null;
    }
    ServerJob first = high.row.first();
    if (first == null) {
      first = normal.row.first();
    }
    return first == null ? low.row.first() : first;
  }

  int total() {
    return queued + running + delayed;
  }

  int running() {
    return running;
  }

  /** Jobs of a priority that no worker has, delayed ones included. */
  int waiting(Priority priority) {
    return line(priority).waiting;
  }

  /** Limits how many jobs there may be when one of a priority is submitted; 0 is no limit. */
  void limit(Priority priority, int jobs) {
    line(priority).limit = jobs;
  }

  boolean isFull(Priority priority) {
    int limit = line(priority).limit;
    return limit > 0 && total() >= limit;
  }

  /** Whether nothing would be lost with it. */
  boolean isIdle() {
    return !created
        && workers == 0
        && total() == 0
        && high.limit == 0
        && normal.limit == 0
        && low.limit == 0;
  }
}
