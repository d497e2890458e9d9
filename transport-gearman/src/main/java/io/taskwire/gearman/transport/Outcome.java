/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
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
record Outcome(
    Buffer payload, Map<String, String> headers, @Nullable Failure failure) {

  static Outcome of(Envelope reply) {
    return new Outcome(reply.payload(), reply.headers(), Failure.ofHeaders(reply.headers()));
  }

  static Outcome failed(Failure failure) {
    return new Outcome(Buffer.buffer(0), Map.of(), failure);
  }

  void tell(SubmitListener listener) {
    if (failure == null) {
      listener.completed(payload, headers);
    } else {
      listener.failed(failure);
    }
  }
}
