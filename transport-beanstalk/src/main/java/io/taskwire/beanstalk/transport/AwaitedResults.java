/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.SessionListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a queue whose results are awaited, by the id under which the reply comes. Outlives sessions: the replies
 * wait in their tube for a caller that comes back. Its size is bounded by the queue, which limits what is awaited.
 */
final class AwaitedResults implements CallerResults {

  private static final Logger log = LoggerFactory.getLogger(AwaitedResults.class);

  private final Map<String, SubmittedTask> byId = new HashMap<>();

  @Override
  public void await(SubmittedTask task) {
    String id = task.correlationId();
    if (id != null) {
      byId.put(id, task);
    }
  }

  @Override
  public void forget(SubmittedTask task) {
    String id = task.correlationId();
    if (id != null) {
      byId.remove(id, task);
    }
  }

  @Override
  public boolean awaits(String id) {
    return byId.containsKey(id);
  }

  @Override
  public int expected() {
    return byId.size();
  }

  @Override
  public void disconnected() {}

  /** Hands a reply to whom it belongs, or drops it. */
  @Override
  public void reply(ReplyJob job, Envelope reply, SessionListener listener) {
    job.settle();
    String id = reply.headers().get(Headers.ID);
    SubmittedTask task = id == null ? null : byId.get(id);
    if (task != null) {
      if (Report.isOne(reply)) {
        task.report(reply);
      } else {
        task.reply(reply);
      }
    } else if (id == null) {
      log.warn("dropped a job without an id that somebody put into this queue's reply tube");
    } else if (!Report.isOne(reply)) {
      listener.lateReply(id);
    }
  }

  @Override
  public void lose(String why) {
    List<SubmittedTask> open = new ArrayList<>(byId.values());
    for (SubmittedTask task : open) {
      if (task.isAccepted()) {
        task.lose(new OutcomeUnknownException(why, task.taskName(), task.id(), null));
      }
    }
  }

  @Override
  public void clear() {
    byId.clear();
  }
}
