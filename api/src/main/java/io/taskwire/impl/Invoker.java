/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.TaskContext;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A user's handler without its types: one of the two kinds. */
sealed interface Invoker {

  /** Blocking code. */
  non-sealed interface Blocking extends Invoker {
    @Nullable
    Object call(@Nullable Object input, TaskContext context) throws Exception;
  }

  /** Code for the event loop. */
  non-sealed interface Async extends Invoker {
    Future<?> call(@Nullable Object input, TaskContext context) throws Exception;
  }
}
