/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Outcome;
import io.taskwire.spi.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results that a caller with a name awaits. One that nobody has asked for yet stays at the broker, buried; its content
 * is held here for as long as the session lasts, and the next session gets it again.
 */
final class DurableResults implements CallerResults {

  private static final Logger log = LoggerFactory.getLogger(DurableResults.class);

  /** Results of earlier lives may come in any number. */
  private static final int EXPECTED = 16;

  private final KeptResults kept;
  private final int maxPayload;

  DurableResults(KeptResults kept, int maxPayload) {
    this.kept = kept;
    this.maxPayload = maxPayload;
  }

  @Override
  public void await(SubmittedTask task) {
    kept.await(task);
  }

  /** Waits for the result of a task that was submitted before. */
  void attach(SubmittedTask task) {
    kept.attach(task);
  }

  @Override
  public void forget(SubmittedTask task) {
    kept.forget(task);
  }

  @Override
  public boolean awaits(String id) {
    return kept.forEach(id, task -> {});
  }

  @Override
  public int expected() {
    return EXPECTED;
  }

  @Override
  public void reply(ReplyJob job, Envelope reply, SessionListener listener) {
    String id = reply.headers().get(Headers.ID);
    if (id == null) {
      log.warn("dropped a job without an id that somebody put into this queue's reply tube");
      job.settle();
    } else if (Report.isOne(reply)) {
      job.settle();
      kept.forEach(id, task -> ((SubmittedTask) task).report(reply));
    } else {
      Outcome outcome = SubmittedTask.outcome(reply, maxPayload);
      kept.arrived(
          new KeptResults.Reply(id, task -> outcome, job::settle, () -> listener.lateReply(id)));
    }
  }

  @Override
  public void lose(String why) {
    for (KeptResults.Wait task : kept.awaited()) {
      if (((SubmittedTask) task).isAccepted()) {
        kept.lose(task.id(), why);
      }
    }
  }

  @Override
  public void disconnected() {
    kept.disconnected();
  }

  @Override
  public void clear() {
    kept.close();
  }
}
