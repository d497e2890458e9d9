/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended, as its reply says.
 *
 * @param payload the result
 * @param headers what came beside it
 * @param failure why there is no result, null if there is one
 */
public record Outcome(
    Buffer payload, Map<String, String> headers, @Nullable Failure failure) {

  /**
   * Reads a reply.
   *
   * @param reply the reply
   * @return how the task ended
   */
  public static Outcome of(Envelope reply) {
    return new Outcome(reply.payload(), reply.headers(), Failure.ofHeaders(reply.headers()));
  }

  /**
   * The end of a task that failed.
   *
   * @param failure why
   * @return how the task ended
   */
  public static Outcome failed(Failure failure) {
    return new Outcome(Buffer.buffer(0), Map.of(), failure);
  }

  /**
   * Hands it over.
   *
   * @param listener to whom
   */
  public void tell(SubmitListener listener) {
    if (failure == null) {
      listener.completed(payload, headers);
    } else {
      listener.failed(failure);
    }
  }
}
