/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.Priority;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way to the broker. What the transport's capabilities exclude has been refused before.
 *
 * @param taskName the task's name
 * @param payload the serialized input
 * @param format the name of the serializer that made the payload and reads the result, {@link Submission#RAW} for bytes
 * @param wantsResult whether the result is awaited
 * @param priority how urgent
 * @param delay how long workers do not get it, zero for none
 * @param unique the key that joins equal tasks, null for none
 * @param deadline by when, from now, a worker must have begun, null for none
 * @param resultTimeout how long the caller waits at most, null for ever; of use to workers, who need not answer later
 * @param headers what must travel beside the payload, under the names of {@link Headers}, for most tasks empty
 */
public record Submission(
    String taskName,
    Buffer payload,
    String format,
    boolean wantsResult,
    Priority priority,
    Duration delay,
    @Nullable String unique,
    @Nullable Duration deadline,
    @Nullable Duration resultTimeout,
    Map<String, String> headers) {

  /** The format of raw tasks, which no serializer touches. */
  public static final String RAW = "raw";
}
