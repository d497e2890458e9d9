/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code ERROR}. The server refuses a request. It comes in place of an answer, or unasked when the request has none.
 *
 * @param code the server's error code, as {@code QUEUE_ERROR}
 * @param text what the server says about it
 */
public record ErrorResponse(String code, String text) implements Response {

  static ErrorResponse decode(Arguments arguments) {
    return new ErrorResponse(arguments.text(0), arguments.text(1));
  }

  @Override
  public PacketType type() {
    return PacketType.ERROR;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, code);
    Fields.end(out);
    Fields.text(out, text);
  }
}
