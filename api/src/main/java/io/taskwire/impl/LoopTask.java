/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.Bag;
import org.jspecify.annotations.Nullable;

/** Something to do on the event loop; linked into the loop's inbox itself, so that handing it over allocates nothing. */
abstract class LoopTask extends Bag.Element {

  /** The task pushed before this one. Written by the pushing thread, read by the loop after it took the whole inbox. */
  @Nullable
  LoopTask next;

  /** Does it, on the event loop. */
  abstract void runOnLoop();

  /** Told instead, on the pushing thread, if the event loop has ended. */
  void loopEnded() {}
}
