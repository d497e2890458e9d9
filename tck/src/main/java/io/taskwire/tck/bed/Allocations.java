/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the memory that a piece of code takes. */
public final class Allocations {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * Runs something on this thread.
   *
   * @param action what to run
   * @return the bytes that this thread has allocated on the heap in the meantime, whether they are garbage by now or not
   */
  public static long of(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
