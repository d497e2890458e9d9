/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import java.nio.ByteBuffer;

/** Copies of bytes. */
final class Bytes {

  private Bytes() {}

  /** The bytes between position and limit; the buffer's position stays. */
  static byte[] remaining(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
