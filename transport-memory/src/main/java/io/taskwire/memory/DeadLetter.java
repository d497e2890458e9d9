/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A task that was set aside.
 *
 * @param taskName the task's name
 * @param id the id that its caller and its workers saw
 * @param payload the serialized input, a copy
 * @param headers what came beside it
 * @param attempts how often it was delivered
 * @param failure why it was set aside
 */
public record DeadLetter(
    String taskName,
    String id,
    Buffer payload,
    Map<String, String> headers,
    int attempts,
    Failure failure) {}
