/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.TaskException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Hears what becomes of one submitted task. One object a task, so that a submit costs no more than it must. */
public interface SubmitListener {

  /**
   * The broker has taken the task. Nothing follows if no result is wanted.
   *
   * @param task the task at the broker
   */
  void accepted(AcceptedTask task);

  /**
   * The broker has not taken the task, or whether it has is unknown.
   *
   * @param cause which, and why; names the task
   */
  void rejected(TaskException cause);

  /**
   * The handler reports how far it is.
   *
   * @param done units done
   * @param total units in all, 0 if unknown
   */
  void progress(long done, long total);

  /**
   * The handler sent a chunk ahead of its result.
   *
   * @param chunk the bytes, owned by the listener
   */
  void data(Buffer chunk);

  /**
   * End: the task is done.
   *
   * @param payload the serialized result, owned by the listener
   * @param headers what came beside it, empty if nothing did
   */
  void completed(Buffer payload, Map<String, String> headers);

  /**
   * End: the task has failed in its worker.
   *
   * @param failure what the worker said
   */
  void failed(Failure failure);

  /**
   * End: no result will come through this transport.
   *
   * @param cause why; names the task
   */
  void lost(TaskException cause);
}
