/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code ALL_YOURS}. The worker takes jobs from this server alone. Unknown to server 1.1.20.
 */
public record AllYours() implements Request {

  static final AllYours INSTANCE = new AllYours();

  static AllYours decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.ALL_YOURS;
  }

  @Override
  public void appendBody(Buffer out) {}
}
