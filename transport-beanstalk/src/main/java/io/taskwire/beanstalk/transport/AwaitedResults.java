/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.SessionListener;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a queue whose results are awaited, by the id under which the reply comes. Outlives sessions: the replies
 * wait in their tube for a caller that comes back. Its size is bounded by the queue, which limits what is awaited.
 */
final class AwaitedResults {

  private static final Logger log = LoggerFactory.getLogger(AwaitedResults.class);

  private final Map<String, SubmittedTask> byId = new HashMap<>();

  void await(SubmittedTask task) {
    String id = task.correlationId();
    if (id != null) {
      byId.put(id, task);
    }
  }

  void forget(SubmittedTask task) {
    String id = task.correlationId();
    if (id != null) {
      byId.remove(id, task);
    }
  }

  int size() {
    return byId.size();
  }

  /** Hands a reply to whom it belongs, or drops it. */
  void reply(Envelope reply, SessionListener listener) {
    String id = reply.headers().get(Headers.ID);
    SubmittedTask task = id == null ? null : byId.get(id);
    if (task != null) {
      task.reply(reply);
    } else if (id != null) {
      listener.lateReply(id);
    } else {
      log.warn("dropped a job without an id that somebody put into this queue's reply tube");
    }
  }

  /** Fails whom a reply belongs to of which only the beginning was kept. */
  void oversized(Envelope head, SessionListener listener) {
    String text = "the result is larger than this caller's maxPayload";
    Map<String, String> headers =
        new HashMap<>(new Failure(FailureCode.TOO_LARGE, "", text, null).toHeaders());
    String id = head.headers().get(Headers.ID);
    if (id != null) {
      headers.put(Headers.ID, id);
    }
    reply(new Envelope(true, headers, Buffer.buffer()), listener);
  }

  /** Ends all that the broker had accepted and whose results can no longer come. */
  void lose(String why, @Nullable Throwable cause) {
    List<SubmittedTask> open = new ArrayList<>(byId.values());
    for (SubmittedTask task : open) {
      if (task.isAccepted()) {
        task.lose(new OutcomeUnknownException(why, task.taskName(), task.id(), cause));
      }
    }
  }

  void clear() {
    byId.clear();
  }
}
