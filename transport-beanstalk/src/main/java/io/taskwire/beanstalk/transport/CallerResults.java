/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.spi.Envelope;
import io.taskwire.spi.SessionListener;

/** The tasks of a queue whose results are awaited, by the id under which the reply comes. Outlives sessions. */
interface CallerResults {

  void await(SubmittedTask task);

  void forget(SubmittedTask task);

  /** Whether somebody waits for the result of this task. */
  boolean awaits(String id);

  /** How many replies are worth polling for at once. */
  int expected();

  /** Takes one reply, or report, that came in a job. */
  void reply(ReplyJob job, Envelope reply, SessionListener listener);

  /** Ends all that the broker had accepted and whose results can no longer come. */
  void lose(String why);

  /** The session is gone. */
  void disconnected();

  void clear();
}
