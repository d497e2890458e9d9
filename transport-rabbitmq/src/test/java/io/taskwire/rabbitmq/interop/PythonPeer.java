/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.interop;

import io.taskwire.tck.peer.ForeignProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Programs that make aioqueue's calls, in Python: {@code src/test/resources/interop/peer.py}. */
final class PythonPeer {

  /** The system's, which has the system's packages. */
  private static final Path SYSTEM = Path.of("/usr/bin/python3");

  private PythonPeer() {}

  /** A worker on a task, ready. */
  static ForeignProgram worker(int port, String task, String... more) throws InterruptedException {
    ForeignProgram worker = program("serve", port, task, more);
    Assertions.assertEquals("ready", worker.nextLine());
    return worker;
  }

  /** Calls a task once for each payload in hex; a line for each answer. */
  static List<String> call(int port, String task, String... payloads) throws InterruptedException {
    return with(program("call", port, task), payloads);
  }

  /** Sends a task without response once for each payload in hex. */
  static List<String> send(int port, String task, String... payloads) throws InterruptedException {
    return with(program("send", port, task), payloads);
  }

  /** Calls a task with many numbers at once; tells how many came back. */
  static String flood(int port, String task, int count) throws InterruptedException {
    try (ForeignProgram caller = program("flood", port, task, Integer.toString(count))) {
      String line = caller.nextLine();
      while (line.startsWith("sent ")) { // each took a channel and a queue of its own
        line = caller.nextLine();
      }
      return line;
    }
  }

  /** What a caller writes of a failure. */
  static String error(String text) {
    return "error " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> with(ForeignProgram caller, String... payloads)
      throws InterruptedException {
    try (caller) {
      String lines = String.join("\n", payloads) + "\n";
      return caller.stdin(lines.getBytes(StandardCharsets.US_ASCII)).output();
    }
  }

  private static ForeignProgram program(String role, int port, String task, String... more) {
    List<String> command = new ArrayList<>(List.of(
        Files.isExecutable(SYSTEM) ? SYSTEM.toString() : "python3",
        Path.of("src", "test", "resources", "interop", "peer.py").toString(),
        role,
        Integer.toString(port),
        task));
    command.addAll(List.of(more));
    return new ForeignProgram(command);
  }
}
