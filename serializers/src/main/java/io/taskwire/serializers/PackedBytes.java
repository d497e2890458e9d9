/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/** Takes what msgpack-core packs into one array that starts small: its own output begins with 8 KiB for each value. */
final class PackedBytes implements MessageBufferOutput {

  private static final int INITIAL = 128;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[INITIAL];
  private int size;

  @Override
  public MessageBuffer next(int minimumSize) {
    reserve(minimumSize);
    return MessageBuffer.wrap(bytes, size, bytes.length - size);
  }

  @Override
  public void writeBuffer(int length) {
    size += length;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  @Override
  public void add(byte[] source, int offset, int length) {
    write(source, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  Buffer toBuffer() {
    return Buffer.buffer(size).appendBytes(bytes, 0, size);
  }

  private void reserve(int more) {
    if (bytes.length - size >= more) {
      return;
    }
    long needed = (long) size + more;
    if (needed > LARGEST) {
      throw new SerializationException("the encoded value is larger than 2 GiB");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
  }
}
