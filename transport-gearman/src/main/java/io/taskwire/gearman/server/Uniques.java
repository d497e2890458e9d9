/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs to which later submits are joined: by function and unique, or, where the unique is {@code -}, by function and
 * payload. A job without a unique is not here.
 */
final class Uniques {

  private static final String BY_PAYLOAD = "-";

  /** By unique, a string, or payload, a buffer: they are never equal. Jobs of several functions make a chain. */
  private final Map<Object, ServerJob> byKey = new HashMap<>();

  private static @Nullable Object key(String unique, Buffer payload) {
    if (unique.equals(BY_PAYLOAD)) {
      return payload.length() == 0 ? null : payload;
    }
    return unique.isEmpty() ? null : unique;
  }

  @Nullable
  ServerJob find(ServerFunction function, String unique, Buffer payload) {
    Object key = key(unique, payload);
    ServerJob job = key == null ? null : byKey.get(key);
    while (job != null && job.function != function) {
      job = job.sameKey;
    }
    return job;
  }

  /** Finds a job of any function; the unique {@code -} names none. */
  @Nullable
  ServerJob find(String unique) {
    return byKey.get(unique);
  }

  void add(ServerJob job) {
    Object key = key(job.unique, job.payload);
    if (key != null) {
      job.sameKey = byKey.put(key, job);
    }
  }

  /** Takes a job out; does nothing if it is not here. */
  void remove(ServerJob job) {
    Object key = key(job.unique, job.payload);
    if (key == null) {
      return;
    }
    ServerJob first = byKey.get(key);
    if (first == job) {
      if (job.sameKey == null) {
        byKey.remove(key);
      } else {
        byKey.put(key, job.sameKey);
      }
    } else {
      ServerJob before = first;
      while (before != null && before.sameKey != job) {
        before = before.sameKey;
      }
      if (before != null) {
        before.sameKey = job.sameKey;
      }
    }
    job.sameKey = null;
  }
}
