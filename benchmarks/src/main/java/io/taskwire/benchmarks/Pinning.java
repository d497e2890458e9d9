/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.stream.Stream;

/** Confines this process and all that it started to some cores: where the kernel puts them decides much. */
final class Pinning {

  private Pinning() {}

  /** Processes started later inherit it. The cores are a list as taskset takes it: {@code 0} or {@code 0,2}. */
  static void to(String cores) {
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .forEach(process -> {
          String pid = Long.toString(process.pid());
          String answer = Machine.says("taskset", "-a", "-c", "-p", cores, pid);
          if (!answer.contains("affinity")) {
            throw new IllegalStateException(
                "cannot confine process " + pid + " to the cores " + cores + ": " + answer);
          }
        });
  }
}
