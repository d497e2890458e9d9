/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts in a file with several threads, as fast as it can, until it is killed. */
final class BusyProgram {

  static final int THREADS = 4;

  private BusyProgram() {}

  /** The arguments are the port to listen on, and the file to count in. */
  public static void main(String[] arguments) throws IOException {
    LongBuffer counts = counts(Path.of(arguments[1]));
    for (int number = 0; number < THREADS; number++) {
      int own = number;
      new Thread(() -> {
            while (true) {
              counts.put(own, counts.get(own) + 1);
            }
          })
          .start();
    }
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[0]), 1, InetAddress.getLoopbackAddress())) {
      while (true) {
        server.accept().close();
      }
    }
  }

  /** One count a thread, seen by every process that opens the same file. */
  static LongBuffer counts(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) THREADS * Long.BYTES);
      return bytes.asLongBuffer();
    }
  }
}
