/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.stream.Stream;

/** Puts this process and all that it started on one core, or back on those it had: where the kernel puts them decides much. */
final class Pinning {

  private final String one;
  private final String any;

  /** The core is a number, as taskset takes it, or empty for the first one that this process may use. */
  Pinning(String core) {
    any = Machine.allowedCores();
    one = core.isEmpty() ? any.split("[-,]", -1)[0] : core;
  }

  static boolean isPossible() {
    return Machine.hasProgram("taskset");
  }

  /** Processes started later inherit it. */
  void to(Placement placement) {
    String cores = cores(placement);
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .filter(ProcessHandle::isAlive)
        .forEach(process -> confine(process, cores));
  }

  String cores(Placement placement) {
    return placement == Placement.ONE_CORE ? one : any;
  }

  private static void confine(ProcessHandle process, String cores) {
    String pid = Long.toString(process.pid());
    String answer = Machine.says("taskset", "-a", "-c", "-p", cores, pid);
    if (!answer.contains("affinity") && process.isAlive()) {
      throw new IllegalStateException(
          "cannot confine process " + pid + " to the cores " + cores + ": " + answer);
    }
  }
}
