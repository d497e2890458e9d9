/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SET_CLIENT_ID}. Names the worker in the admin list of workers.
 *
 * @param clientId the name shown in the admin list of workers
 */
public record SetClientId(String clientId) implements Request {

  static SetClientId decode(Arguments arguments) {
    return new SetClientId(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.SET_CLIENT_ID;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, clientId);
  }
}
