/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.Future;

/** A handler that was registered by one of the {@code on} methods of {@link TaskQueue}. */
public interface Registration {

  /**
   * Names the task.
   *
   * @return the name
   */
  String taskName();

  /**
   * Completes when the broker knows of the handler for the first time; never before {@link TaskQueue#start()}.
   *
   * @return the same future each time; fails if the handler is removed, or the queue closed, before that
   */
  Future<Void> live();

  /**
   * Removes the handler: no new tasks are taken, running ones finish, up to the queue's {@code drainTimeout}.
   *
   * @return completes when nothing of it runs any more; the name is free for another handler then
   */
  Future<Void> remove();
}
