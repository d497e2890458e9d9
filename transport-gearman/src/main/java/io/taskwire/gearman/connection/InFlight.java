/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who waits on a connection, and for what: requests whose answer names no job, in their order; and jobs, by handle.
 *
 * <p>Submits that the server has joined to one job share a handle, and each packet of that job comes once for each of them.
 * So a handle has a row of listeners, and each packet goes to the next of the row.
 */
final class InFlight {

  private final ArrayDeque<Reply> replies = new ArrayDeque<>();
  private final Map<String, JobListener> jobs = new HashMap<>();

  /** The rest of the row of a handle with more than one listener; nearly always empty. */
  private final Map<String, ArrayDeque<JobListener>> joined = new HashMap<>();

  private int unsent;

  void add(Reply reply) {
    replies.add(reply);
    unsent++;
  }

  /** All requests so far may have reached the server. */
  void sent() {
    unsent = 0;
  }

  /**
   * Finds the request that a packet answers.
   *
   * @return null if it answers none, which is normal for an ERROR
   */
  @Nullable
  Reply answered(Response answer) {
    Reply first = replies.peek();
    while (first != null && !first.accepts(answer)) {
      if (!first.isOptional()) {
        return null;
      }
      if (answer instanceof ErrorResponse && !followerAccepts(answer)) {
        return null;
      }
      replies.remove();
      first.skipped();
      first = replies.peek();
    }
    if (first != null) {
      replies.remove();
    }
    return first;
  }

  /**
   * Gives a line of text to the command that it answers.
   *
   * @return false if nobody has asked for text
   */
  boolean text(String line) {
    for (Reply reply : replies) {
      if (reply.text(line)) {
        return true;
      }
      if (!reply.isOptional()) {
        return false;
      }
    }
    return false;
  }

  /** Whether the first request behind the optional ones at the head takes the packet. */
  private boolean followerAccepts(Response answer) {
    for (Reply reply : replies) {
      if (reply.accepts(answer)) {
        return true;
      }
      if (!reply.isOptional()) {
        return false;
      }
    }
    return false;
  }

  void add(String handle, JobListener listener) {
    if (jobs.putIfAbsent(handle, listener) != null) {
      joined.computeIfAbsent(handle, h -> new ArrayDeque<>()).add(listener);
    }
  }

  /** Gives the listener for a packet after which more of the job follow; null if nobody waits for it. */
  @Nullable
  JobListener next(String handle) {
    JobListener listener = jobs.get(handle);
    if (listener != null && !joined.isEmpty()) {
      ArrayDeque<JobListener> rest = joined.get(handle);
      if (rest != null) {
        rest.add(listener);
        jobs.put(handle, rest.remove());
      }
    }
    return listener;
  }

  /** Gives the listener for the last packet of the job, and forgets it; null if nobody waits for it. */
  @Nullable
  JobListener last(String handle) {
    JobListener listener = jobs.remove(handle);
    if (listener != null && !joined.isEmpty()) {
      ArrayDeque<JobListener> rest = joined.get(handle);
      if (rest != null) {
        jobs.put(handle, rest.remove());
        if (rest.isEmpty()) {
          joined.remove(handle);
        }
      }
    }
    return listener;
  }

  /** Forgets a listener. Where others share its handle, its packets still come and are swallowed in its place. */
  void remove(String handle, JobListener listener) {
    ArrayDeque<JobListener> rest = joined.get(handle);
    if (rest == null) {
      jobs.remove(handle, listener);
    } else if (jobs.get(handle) == listener) {
      jobs.put(handle, Swallow.INSTANCE);
    } else if (rest.remove(listener)) {
      rest.add(Swallow.INSTANCE);
    }
  }

  /** Takes everybody out and tells them that nothing will come. */
  void fail(Throwable cause) {
    List<Reply> waiting = new ArrayList<>(replies);
    List<JobListener> running = new ArrayList<>(jobs.values());
    joined.values().forEach(running::addAll);
    int sent = waiting.size() - unsent;
    replies.clear();
    jobs.clear();
    joined.clear();
    unsent = 0;
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).failed(cause, i < sent);
    }
    running.forEach(listener -> listener.lost(cause));
  }

  int jobs() {
    return jobs.size() + joined.values().stream().mapToInt(ArrayDeque::size).sum();
  }

  /** Stands in a row for a listener that was removed. */
  private enum Swallow implements JobListener {
    INSTANCE;

    @Override
    public void status(long numerator, long denominator) {}

    @Override
    public void data(Buffer data) {}

    @Override
    public void completed(Buffer data) {}

    @Override
    public void threw(Buffer data) {}

    @Override
    public void failed() {}

    @Override
    public void tooLarge(long length) {}

    @Override
    public void lost(Throwable cause) {}
  }
}
