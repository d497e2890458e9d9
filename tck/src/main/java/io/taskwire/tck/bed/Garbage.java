/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/** Runs the garbage collector for those who learn from reference queues what it has found. */
final class Garbage {

  private static final long LIMIT_MILLIS = 2_000;

  private Garbage() {}

  /** Collects, and waits until what was found has begun to reach the reference queues. */
  static void collect() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    PhantomReference<Object> probe = new PhantomReference<>(new Object(), queue);
    System.gc();
    try {
      if (queue.remove(LIMIT_MILLIS) != probe) {
        throw new IllegalStateException("the garbage collector does not run; is it disabled?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
