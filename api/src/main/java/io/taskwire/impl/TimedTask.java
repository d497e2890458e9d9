/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import org.jspecify.annotations.Nullable;

/** Something with a time limit; linked into the wheel itself. */
abstract class TimedTask extends LoopTask {

  @Nullable
  TimedTask earlier;

  @Nullable
  TimedTask later;

  /** The tick at which it expires. */
  long dueTick;

  /** The tick of the slot it is linked into: that at which it expires, or one before, where it is looked at again. */
  long slotTick;

  /** Whether it is linked into the wheel, or taken out of it and about to be told. */
  boolean armed;

  /** The limit has passed; called on the event loop, the task is no longer in the wheel. */
  abstract void expired();
}
