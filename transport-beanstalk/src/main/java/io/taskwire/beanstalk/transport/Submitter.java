/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.TaskTube;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns submissions into jobs, and the broker's answers into acceptance or refusal. */
final class Submitter {

  /** Names are few; should somebody make them up one by one, the cache begins again. */
  private static final int MAX_CACHED_TUBES = 4096;

  private final BeanstalkTransport transport;
  private final BeanstalkSession session;
  private final PutConnection puts;
  private final EnvelopeMode envelope;
  private final long ttrSeconds;
  private final Map<String, Tube> tubes = new HashMap<>();

  private int maxJobSize;

  Submitter(BeanstalkTransport transport, BeanstalkSession session, PutConnection puts) {
    this.transport = transport;
    this.session = session;
    this.puts = puts;
    this.envelope = transport.context().envelope();
    this.ttrSeconds = Seconds.within(transport.context().settings().get(TransportOptions.TTR));
    this.maxJobSize = session.broker().maxJobSize();
  }

  void submit(Submission submission, SubmitListener listener) {
    String taskName = submission.taskName();
    boolean wantsResult = submission.wantsResult();
    SubmittedTask task =
        new SubmittedTask(transport, taskName, listener, wantsResult ? transport.nextId() : null);
    Tube tube;
    Buffer body;
    try {
      tube = tube(taskName);
      body = body(submission, task);
    } catch (IllegalArgumentException e) {
      task.reject(
          new TaskRejectedException(Reason.REFUSED, String.valueOf(e.getMessage()), taskName, e));
      return;
    } catch (UnsupportedOptionException e) {
      task.reject(e);
      return;
    }
    if (body.length() > maxJobSize) {
      task.reject(tooLarge(taskName, body.length()));
      return;
    }
    if (wantsResult) {
      transport.results().await(task);
      Future<Void> unused = session.readReplies();
    }
    puts.put(
            tube,
            Priorities.of(submission.priority()),
            Seconds.within(submission.delay()),
            ttrSeconds,
            body)
        .onComplete(reply -> answered(task, body.length(), reply), cause -> failed(task, cause));
  }

  private Tube tube(String taskName) {
    Tube known = tubes.get(taskName);
    if (known == null) {
      if (tubes.size() >= MAX_CACHED_TUBES) {
        tubes.clear();
      }
      known = TaskTube.of(taskName);
      tubes.put(taskName, known);
    }
    return known;
  }

  private Buffer body(Submission submission, SubmittedTask task) {
    Map<String, String> headers = headers(submission, task.correlationId());
    if (envelope == EnvelopeMode.NEVER && !headers.isEmpty()) {
      throw new UnsupportedOptionException(
          submission.wantsResult() ? Feature.RESULTS : Feature.HEADERS,
          "results, deadlines and headers travel in an envelope here, and envelope=never forbids it",
          submission.taskName());
    }
    return Envelope.wrap(envelope, headers, submission.payload());
  }

  private Map<String, String> headers(Submission submission, @Nullable String id) {
    Duration deadline = submission.deadline();
    if (id == null && deadline == null) {
      return submission.headers();
    }
    Map<String, String> headers = new LinkedHashMap<>(submission.headers());
    if (id != null) {
      headers.put(Headers.ID, id);
      headers.put(Headers.REPLY_TO, transport.replyTube().name());
      headers.put(Headers.REPLIES, ReplyTube.MANY);
    }
    Duration timeout = submission.resultTimeout();
    // The result of a caller with a name may be asked for by its next life.
    if (id != null && timeout != null && !transport.isDurable()) {
      headers.put(Headers.TIMEOUT, Long.toString(timeout.toMillis()));
    }
    if (deadline != null) {
      headers.put(Headers.DEADLINE, Long.toString(deadline.toMillis()));
    }
    return headers;
  }

  private void answered(SubmittedTask task, int length, Reply reply) {
    if (reply instanceof Reply.Inserted inserted) {
      task.accept(inserted.id(), session.broker());
    } else {
      if (reply instanceof Reply.InsertedBuried buried) {
        // Without memory the broker keeps the job where no worker gets it; a kick would run what
        // was refused here.
        Future<Reply> unused = session.ask(new Command.Delete(buried.id()));
      }
      task.reject(refusal(task.taskName(), length, reply));
    }
  }

  private TaskException refusal(String taskName, int length, Reply reply) {
    if (reply instanceof Reply.JobTooBig) {
      maxJobSize = Math.min(maxJobSize, length - 1);
      return tooLarge(taskName, length);
    }
    if (reply instanceof Reply.Draining) {
      return rejected(
          Reason.BROKER_FULL,
          "is in drain mode and takes no new tasks: submit it to another",
          taskName);
    }
    if (reply instanceof Reply.OutOfMemory || reply instanceof Reply.InsertedBuried) {
      return rejected(Reason.BROKER_FULL, "has no memory or disk left: try again later", taskName);
    }
    if (reply instanceof Reply.BrokerInternalError) {
      return new OutcomeUnknownException(
          "beanstalkd at " + transport.broker() + " reports an internal error",
          taskName,
          null,
          null);
    }
    return rejected(Reason.REFUSED, "answered " + reply, taskName);
  }

  private TaskRejectedException rejected(Reason reason, String what, String taskName) {
    return new TaskRejectedException(
        reason, "beanstalkd at " + transport.broker() + " " + what, taskName, null);
  }

  private TaskRejectedException tooLarge(String taskName, int length) {
    return new TaskRejectedException(
        Reason.TOO_LARGE,
        "its job has " + length + " bytes with envelope, beanstalkd at " + transport.broker()
            + " takes " + maxJobSize + ": start it with a larger -z, or send a reference",
        taskName,
        null);
  }

  private void failed(SubmittedTask task, Throwable cause) {
    if (task.hasEarlyReply()) {
      // The job is done and gone; its number is of no use any more.
      task.accept(0, session.broker());
      return;
    }
    task.reject(fate(task.taskName(), cause));
  }

  private TaskException fate(String taskName, Throwable cause) {
    BrokerConnectException lost = BrokerConnectException.of(transport.broker(), cause);
    boolean sent = !(cause instanceof BeanstalkException known) || known.isSent();
    return sent
        ? new OutcomeUnknownException(
            "it was sent, and the connection ended before the broker's answer: check its effect before sending it again",
            taskName,
            null,
            lost)
        : new TaskConnectException("the connection ended before it was sent", taskName, null, lost);
  }
}
