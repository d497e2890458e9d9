/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static io.taskwire.Raw.RAW;

import io.taskwire.TaskQueue;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/** Bytes in, bytes out: no serializer touches them, whatever they are. */
public final class RawBytes {

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on("reverse", RAW, bytes -> reverse(bytes));
      queue.start().await();

      Buffer input = Buffer.buffer(new byte[] {(byte) 0xC1, 0, '\r', '\n'});
      Buffer output = queue.call("reverse", RAW, input).await();
      System.out.println(hex(input) + " -> " + hex(output));
      System.out.println("empty stays empty: "
          + queue.call("reverse", RAW, Buffer.buffer()).await().length());
    }
  }

  private static Buffer reverse(Buffer bytes) {
    Buffer out = Buffer.buffer(bytes.length());
    for (int i = bytes.length() - 1; i >= 0; i--) {
      out.appendByte(bytes.getByte(i));
    }
    return out;
  }

  private static String hex(Buffer bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes.getBytes());
  }
}
