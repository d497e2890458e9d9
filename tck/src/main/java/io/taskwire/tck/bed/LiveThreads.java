/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The threads of this JVM at one moment, to tell which came later. */
final class LiveThreads {

  /** Threads of the JVM, of Netty and of JUnit that come on demand and stay, or go by themselves. */
  private static final List<String> NOT_OURS = List.of(
      "globalEventExecutor",
      "process reaper",
      "Common-Cleaner",
      "Cleaner-",
      "ForkJoinPool",
      "junit-",
      "surefire",
      "Attach Listener",
      "Keep-Alive-Timer",
      "ObjectCleanerThread",
      "VirtualThread-unparker",
      "VirtualThread-unblocker",
      "Read-Poller",
      "Write-Poller",
      "C1 CompilerThread",
      "C2 CompilerThread");

  private final Set<Thread> before;

  private LiveThreads(Set<Thread> before) {
    this.before = before;
  }

  static LiveThreads now() {
    return new LiveThreads(new HashSet<>(Thread.getAllStackTraces().keySet()));
  }

  /** Names the threads that have come since and are still there. */
  List<String> later() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> NOT_OURS.stream().noneMatch(name::startsWith))
        .sorted()
        .toList();
  }
}
