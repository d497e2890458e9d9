/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;

/**
 * A JVM with a {@link Probe}, whose commands are
 *
 * <pre>
 * serve PREFIX NAMES
 * await NAME COUNT
 * call PREFIX NAMES THREADS COUNT     answered with the number of calls
 * heap                                with the bytes in use after full collections
 * allocated                           with the bytes that the threads alive have allocated since they began
 * </pre>
 *
 * Without an argument there is no queue in it, and it knows the last two alone.
 */
final class ProbeProcess {

  private static final int COLLECTIONS = 3;

  private ProbeProcess() {}

  /** Starts it; the argument is the broker's URI. */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      CommandLoop.run(words -> Long.toString(measure(words[0])));
      return;
    }
    try (Probe probe = new Probe(args[0])) {
      CommandLoop.run(words -> perform(probe, words));
    }
  }

  private static String perform(Probe probe, String[] words) {
    switch (words[0]) {
      case "serve" -> probe.serve(words[1], number(words[2]));
      case "await" -> probe.await(words[1], number(words[2]));
      case "call" -> {
        return Integer.toString(
            probe.call(words[1], number(words[2]), number(words[3]), number(words[4])));
      }
      default -> {
        return Long.toString(measure(words[0]));
      }
    }
    return "";
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private static long measure(String what) {
    return switch (what) {
      case "heap" -> heap();
      case "allocated" -> allocated();
      default -> throw new IllegalArgumentException("no such command: " + what);
    };
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0) // -1 for a thread that has just ended
        .sum();
  }

  /** More than one collection, because the first may leave what it has to finalize or clean. */
  private static long heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
