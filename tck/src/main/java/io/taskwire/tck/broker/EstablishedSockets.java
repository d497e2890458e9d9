/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Counts connections as the system's kernel knows them, which asks nothing of the broker: a frozen one has them, too. */
final class EstablishedSockets {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  /** The state in {@code /proc/net/tcp} of a connection that neither side has begun to close. */
  private static final String ESTABLISHED = "01";

  private EstablishedSockets() {}

  /** Tells whether this system has the tables that are read. */
  static boolean canBeCounted() {
    return Files.isReadable(TABLES.get(0));
  }

  /** Counts those of whoever listens on a port. */
  static int on(int port) {
    // A line is "  sl local_address rem_address st ...", an address "0100007F:1628".
    String local = String.format(Locale.ROOT, ":%04X", port);
    int count = 0;
    for (Path table : TABLES) {
      if (Files.isReadable(table)) {
        for (String line : lines(table)) {
          String[] columns = line.strip().split(" +", 5);
          if (columns.length == 5 && columns[1].endsWith(local) && columns[3].equals(ESTABLISHED)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
