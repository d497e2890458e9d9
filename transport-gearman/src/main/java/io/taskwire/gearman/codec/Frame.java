/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * A packet of Gearman's binary protocol.
 *
 * <p>On the wire it is {@code NUL REQ} or {@code NUL RES}, the type and the length of the body as 32-bit big-endian
 * numbers, and the body: arguments with a NUL between them, of which only the last may hold NULs. Function names, unique
 * ids and texts are UTF-8; a job handle is opaque, and a char of its string is a byte of it. The packets that a worker
 * sends about a job are handed on to clients as they are: they are requests and responses.
 */
public sealed interface Frame permits Request, Response {

  /**
   * Which packet it is.
   *
   * @return its type on the wire
   */
  PacketType type();

  /**
   * Appends what follows the header.
   *
   * @param out where the bytes go; owned by the caller
   */
  void appendBody(Buffer out);
}
