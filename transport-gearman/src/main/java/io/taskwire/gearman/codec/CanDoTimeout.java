/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code CAN_DO_TIMEOUT}. As {@link CanDo}; the server takes a job back that takes longer. Server 1.1.20 keeps one timer per connection.
 *
 * @param function the function name
 * @param timeout seconds a job may take
 */
public record CanDoTimeout(String function, long timeout) implements Request {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public CanDoTimeout {
    Fields.requireNoNul("function", function);
  }

  static CanDoTimeout decode(Arguments arguments) {
    return new CanDoTimeout(arguments.text(0), arguments.number(1));
  }

  @Override
  public PacketType type() {
    return PacketType.CAN_DO_TIMEOUT;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.number(out, timeout);
  }
}
