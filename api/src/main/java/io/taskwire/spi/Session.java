/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.Capabilities;
import io.vertx.core.Future;

/**
 * A live connection to the broker, or a few that live and die together as far as submitting goes. A lost session stays
 * lost.
 */
public interface Session {

  /**
   * Tells what can be done with the broker at hand.
   *
   * @return each feature with how it is had; never more than the provider promised
   */
  Capabilities capabilities();

  /**
   * Sends a task. The order of calls is the order in which the broker gets the tasks.
   *
   * <p>The listener hears exactly one of {@link SubmitListener#accepted} and {@link SubmitListener#rejected}, unless the
   * session is closed by the queue first, and after acceptance of a task that wants a result exactly one of the ends it
   * lists, unless it is abandoned first. When the session is lost, the transport at once rejects what was not accepted,
   * and ends those accepted whose result can no longer come, with an {@link io.taskwire.OutcomeUnknownException}; the
   * others wait on for the next session.
   *
   * @param submission what to send
   * @param listener told what becomes of it; may be called before this method returns
   */
  void submit(Submission submission, SubmitListener listener);

  /**
   * Tells whether more may be submitted now without piling up in memory; if not, {@link SessionListener#writable} follows.
   *
   * @return whether the connection takes more
   */
  boolean isWritable();

  /**
   * Begins to take tasks of one name.
   *
   * @param spec of what, and how many at once
   * @param listener given the tasks
   * @return completes when the broker knows of the consumer; fails with a {@link BrokerConnectException} if that cannot
   *     be done now, or for good
   */
  Future<Consumer> consume(ConsumerSpec spec, ConsumerListener listener);

  /**
   * Asks the broker for an answer.
   *
   * @return completes when it has come; fails if the session is lost before
   */
  Future<Void> ping();

  /**
   * Closes the connection in order: what was written before still reaches the broker. Not reported as a loss.
   *
   * @return completes when it is closed; does not fail, and does not wait for a broker that does not answer for more than
   *     a few seconds
   */
  Future<Void> close();
}
