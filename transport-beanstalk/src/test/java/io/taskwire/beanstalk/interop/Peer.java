/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.interop;

import io.taskwire.tck.peer.ForeignProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A foreign library, driven by the scripts of {@code src/test/resources/interop}. */
enum Peer {
  /** beaneater, from the system's packages. */
  RUBY,
  /** node-beanstalk, from npm. */
  NODE;

  /** One command on a tube; it writes what came of it in a line. */
  ForeignProgram client(int port, String tube, String command) {
    return program("client", port, tube, command);
  }

  /** Takes some jobs of a tube and ends each: {@code delete}, {@code bury PRIORITY} or {@code release PRIORITY DELAY}. */
  ForeignProgram worker(int port, String tube, int jobs, String end) {
    return program("worker", port, tube, jobs + " " + end);
  }

  /** Puts one task whose result it wants, and writes what the reply says. */
  ForeignProgram caller(int port, String tube, byte[] payload) {
    return program("results", port, tube, "call").stdin(payload);
  }

  /** Answers some tasks, each with its own payload, but {@code fail} with a failure. */
  ForeignProgram server(int port, String tube, int tasks) {
    return program("results", port, tube, "serve " + tasks);
  }

  private ForeignProgram program(String role, int port, String tube, String arguments) {
    List<String> command = new ArrayList<>(script(role));
    command.addAll(List.of(Integer.toString(port), tube));
    command.addAll(List.of(arguments.split(" ", -1)));
    return new ForeignProgram(command);
  }

  private List<String> script(String role) {
    String script = Path.of("src/test/resources/interop", role).toString();
    return switch (this) {
      case RUBY -> List.of("ruby", script + ".rb");
      case NODE -> List.of("env", "NODE_PATH=" + modules(), "node", script + ".js");
    };
  }

  private static Path modules() {
    Path modules = Path.of("target/interop/node/node_modules").toAbsolutePath();
    if (!Files.isDirectory(modules)) {
      throw new AssertionError("bin/test installs node-beanstalk into " + modules);
    }
    return modules;
  }
}
