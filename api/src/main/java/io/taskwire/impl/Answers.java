/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives callers their answers. A future without a context runs its callbacks within the call that completes it: what they
 * throw is logged here, and must not get into the transport that brought the answer.
 */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static <T> void succeed(@Nullable Promise<T> promise, @Nullable T value) {
    if (promise != null) {
      try {
        promise.tryComplete(value);
      } catch (RuntimeException | Error e) {
        LOG.error("A callback of a task's future failed", e);
      }
    }
  }

  static void fail(@Nullable Promise<?> promise, Throwable cause) {
    if (promise != null) {
      try {
        promise.tryFail(cause);
      } catch (RuntimeException | Error e) {
        LOG.error("A callback of a task's future failed", e);
      }
    }
  }
}
