/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.TaskType;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Bytes as they are. */
final class RawFormat implements Format<Buffer> {

  @Override
  public TaskType<Buffer, Buffer> type(String taskName) {
    return TaskType.raw(taskName);
  }

  @Override
  public Buffer read(byte[] bytes) {
    return Buffer.buffer(bytes);
  }

  @Override
  public byte[] write(@Nullable Buffer value) {
    return value == null ? new byte[0] : value.getBytes();
  }

  @Override
  public Buffer reverse(Buffer value) {
    byte[] bytes = value.getBytes();
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return Buffer.buffer(reversed);
  }

  /** Of ASCII letters only: bytes have no charset. */
  @Override
  public Buffer upper(Buffer value) {
    byte[] bytes = value.getBytes();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 'a' && bytes[i] <= 'z') {
        bytes[i] = (byte) (bytes[i] - 'a' + 'A');
      }
    }
    return Buffer.buffer(bytes);
  }
}
