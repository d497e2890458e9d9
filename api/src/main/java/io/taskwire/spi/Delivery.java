/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A task in the hands of this process. Exactly one of {@link #complete}, {@link #fail}, {@link #retry}, {@link
 * #deadLetter} and {@link #giveBack} settles it, once; calling a second is a programming error and throws {@link
 * IllegalStateException}.
 *
 * <p>The futures of the settling methods do not fail: they say whether the broker has taken note, see {@link Settled}.
 */
public interface Delivery {

  /** Whether the caller of a task waits for its reply. */
  enum ReplyExpected {
    /** It does, or did. */
    YES,
    /** It does not. */
    NO,
    /** The broker does not tell its workers. */
    UNKNOWN
  }

  /**
   * Identifies the task.
   *
   * @return the id that caller and worker see alike
   */
  String id();

  /**
   * Gives the serialized input, without any envelope.
   *
   * @return the bytes, owned by the receiver
   */
  Buffer payload();

  /**
   * Gives what came beside the payload.
   *
   * @return under the names of {@link Headers}, empty if nothing did
   */
  Map<String, String> headers();

  /**
   * Counts the deliveries of this task.
   *
   * @return 1 for the first, empty where the broker does not say
   */
  OptionalInt attempt();

  /**
   * Tells whether the caller waits for a reply.
   *
   * @return yes, no or unknown
   */
  ReplyExpected replyExpected();

  /**
   * Settles the task as done: the reply, if one is wanted, reaches the broker before the task leaves it.
   *
   * @param result the serialized result
   * @param headers what must travel beside it, for most results empty
   * @return whether the broker has taken note; a result too large for it becomes a failure with the code TOO_LARGE
   */
  Future<Settled> complete(Buffer result, Map<String, String> headers);

  /**
   * Settles the task as failed: the caller, if it waits, gets the failure, and the task leaves the broker.
   *
   * @param failure what to tell
   * @return whether the broker has taken note
   */
  Future<Settled> fail(Failure failure);

  /**
   * Settles the task by having it delivered again later. Only called with {@link io.taskwire.Feature#RETRY}.
   *
   * @param delay how long it waits before that
   * @return whether the broker has taken note
   */
  Future<Settled> retry(Duration delay);

  /**
   * Settles the task by setting it aside; the caller, if it waits, gets the failure. Only called with {@link
   * io.taskwire.Feature#DEAD_LETTER}.
   *
   * @param failure why
   * @return whether the broker has taken note
   */
  Future<Settled> deadLetter(Failure failure);

  /**
   * Settles a task that was not begun by giving it back, to be delivered again at once, here or elsewhere.
   *
   * @return whether the broker has taken note
   */
  Future<Settled> giveBack();

  /**
   * Reports how far the handler is. Only called with {@link io.taskwire.Feature#PROGRESS}.
   *
   * @param done units done
   * @param total units in all, 0 if unknown
   * @return completes when the next may be sent; fails if the delivery is settled or lost
   */
  Future<Void> progress(long done, long total);

  /**
   * Sends a chunk ahead of the result. Only called with {@link io.taskwire.Feature#PARTIAL_DATA}.
   *
   * @param chunk the bytes
   * @return completes when the next may be sent; fails if the delivery is settled or lost
   */
  Future<Void> data(Buffer chunk);

  /**
   * Says whom to tell when the task is no longer this process's: its lease ran out or its connection is lost. It must
   * still be settled, which then does nothing and answers LEASE_LOST or CONNECTION_LOST. If it is lost already the
   * handler is called at once.
   *
   * @param handler called at most once, with the cause
   */
  void onLeaseLost(Handler<Throwable> handler);

  /**
   * Says whom to tell when the caller cancels the running task.
   *
   * @param handler called at most once; never without {@link io.taskwire.Feature#CANCEL_RUNNING}
   */
  void onCancel(Handler<Void> handler);
}
