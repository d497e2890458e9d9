/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.Priority;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Submission;
import io.taskwire.spi.TaskIds;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes jobs of tasks, and refuses what no job can be. */
final class JobFactory {

  private final GearmanSettings settings;
  private final TaskIds ids;

  JobFactory(GearmanSettings settings, TaskIds ids) {
    this.settings = settings;
    this.ids = ids;
  }

  /** Gives the id of a task whose result waits for its caller; null for any other, which has the server's handle. */
  @Nullable
  String durableId(Submission task) {
    return task.wantsResult() && settings.isDurable() ? ids.next() : null;
  }

  /**
   * Makes the job.
   *
   * @param durableId what {@link #durableId} gave
   * @throws TaskException if there can be none
   */
  TaskJob job(Submission task, @Nullable String durableId) {
    boolean foreground = task.wantsResult() && durableId == null;
    refuseUnsupported(task, foreground, durableId != null);
    String unique = durableId == null ? unique(task, foreground) : durableId;
    refuseNames(task.taskName(), unique);
    Buffer body = body(task, headers(task, durableId), foreground);
    return new TaskJob(task.taskName(), unique, body, task.priority(), foreground, task.delay());
  }

  private static void refuseUnsupported(Submission task, boolean foreground, boolean durable) {
    String name = task.taskName();
    if (!task.delay().isZero()) {
      if (foreground) {
        throw new UnsupportedOptionException(
            Feature.DELAY,
            "Gearman delays only tasks without response, and those of callers with a clientId",
            name);
      }
      if (task.priority() != Priority.NORMAL) {
        throw new UnsupportedOptionException(
            Feature.PRIORITY, "a task that is delayed has normal priority on Gearman", name);
      }
    }
    if (task.unique() != null && durable) {
      throw new UnsupportedOptionException(
          Feature.UNIQUE,
          "tasks that Gearman joins have one id, and a caller with a clientId awaits each result under its own",
          name);
    }
    if (task.unique() != null && task.deadline() != null) {
      throw new UnsupportedOptionException(
          Feature.UNIQUE,
          "a Gearman server joins later tasks to one that was taken back at its deadline, and never runs them;"
              + " leave out the unique key or the deadline",
          name);
    }
  }

  private String unique(Submission task, boolean foreground) {
    String key = task.unique();
    if (key == null) {
      // A server looks them up in a table of a thousand rows: none where none is needed.
      return settings.store() && !foreground ? ids.next() : "";
    }
    return UniqueId.of(key, foreground);
  }

  private static void refuseNames(String name, String unique) {
    String refusal = FunctionName.refuse(name);
    if (refusal == null) {
      refusal = UniqueId.refuse(unique);
    }
    if (refusal != null) {
      throw new TaskRejectedException(Reason.REFUSED, refusal, name, null);
    }
  }

  private Map<String, String> headers(Submission task, @Nullable String durableId) {
    if (durableId == null && task.deadline() == null) {
      return task.headers();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (durableId != null) {
      headers.put(Headers.ID, durableId);
      headers.put(Headers.REPLY_TO, ReplyAddress.functionOf(settings.clientId()));
    }
    if (task.deadline() != null) {
      long expires = System.currentTimeMillis() + task.deadline().toMillis();
      headers.put(Headers.EXPIRES, Long.toString(expires));
    }
    headers.putAll(task.headers());
    return headers;
  }

  private Buffer body(Submission task, Map<String, String> headers, boolean foreground) {
    int length = task.payload().length();
    if (length > settings.maxPayload()) {
      throw new TaskRejectedException(
          Reason.TOO_LARGE,
          "the payload has " + length + " bytes, maxPayload is " + settings.maxPayload(),
          task.taskName(),
          null);
    }
    Buffer body = Envelope.wrap(settings.envelope(), headers, task.payload());
    if (body.length() > 0 || foreground || !settings.store()) {
      return body;
    }
    if (settings.envelope() == EnvelopeMode.NEVER) {
      throw new TaskRejectedException(
          Reason.REFUSED,
          "a Gearman server that has stored an empty payload does not start again, and envelope=never allows nothing"
              + " around it",
          task.taskName(),
          null);
    }
    return Envelope.encode(headers, task.payload());
  }
}
