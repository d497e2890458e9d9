/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.rabbitmq.codec.Content;
import io.taskwire.rabbitmq.codec.DelayQueue;
import io.taskwire.rabbitmq.codec.QueueNames;
import io.taskwire.rabbitmq.codec.RequestEncoder;
import io.taskwire.rabbitmq.connection.PublishListener;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Turns submissions into messages, and the broker's confirms into acceptance or refusal. What a message needs (its task's
 * queue, the reply queue, a queue for its delay) is declared before it is sent, and those behind it wait, so that all
 * leave in the order in which they came.
 */
final class Submitter {

  /** After its deadline a task gets so long to tell that it was begun. */
  private static final Duration DEADLINE_GRACE = Duration.ofSeconds(1);

  private final RabbitmqSession session;
  private final RabbitmqTransport transport;
  private final RequestEncoder requests;
  private final ArrayDeque<Pending> line = new ArrayDeque<>();
  private boolean preparing;
  private boolean ended;

  Submitter(RabbitmqSession session) {
    this.session = session;
    this.transport = session.transport();
    this.requests = new RequestEncoder(
        transport.replyQueue().name(),
        transport.keepsReplies(),
        transport.settings().maxPriority());
  }

  void submit(Submission submission, SubmitListener listener) {
    SubmittedTask task = new SubmittedTask(
        transport, submission.taskName(), submission.format(), transport.nextId(), listener);
    Pending pending;
    try {
      QueueNames.ofTask(submission.taskName());
      DelayQueue delay = submission.delay().isZero() ? null : DelayQueue.of(submission.delay());
      pending = new Pending(task, submission, requests.encode(submission, task.id()), delay);
    } catch (IllegalArgumentException e) {
      task.reject(new TaskRejectedException(
          Reason.REFUSED, String.valueOf(e.getMessage()), submission.taskName(), e));
      return;
    }
    if (submission.deadline() != null && pending.delay != null) {
      task.reject(new UnsupportedOptionException(
          Feature.DEADLINE,
          "RabbitMQ cannot keep a deadline for a task that it delays: leave out one of the two",
          submission.taskName()));
      return;
    }
    if (session.publisher().isTooLarge(pending.content.body().length)) {
      task.reject(pending.tooLarge());
      return;
    }
    if (ended) {
      pending.lost(transport.notConnected(), false);
      return;
    }
    if (submission.wantsResult()) {
      transport.results().await(task);
      Duration deadline = submission.deadline();
      if (deadline != null) {
        task.limit(transport.schedule().after(deadline.plus(DEADLINE_GRACE), task::deadlinePassed));
      }
    }
    if (line.isEmpty() && pending.isPrepared()) {
      pending.send();
    } else {
      line.add(pending);
      prepareFirst();
    }
  }

  /** Has what the first in the line needs declared, and sends all that need nothing more. */
  private void prepareFirst() {
    while (!preparing && !ended && !line.isEmpty()) {
      Pending first = line.element();
      if (first.isPrepared()) {
        line.remove();
        first.send();
      } else {
        preparing = true;
        first.prepare().onComplete(done -> {
          preparing = false;
          if (done.failed() && line.peek() == first) {
            line.remove();
            first.notPrepared(done.cause());
          }
          prepareFirst();
        });
      }
    }
  }

  /** The session is over; what was not sent stays unsent. */
  void end() {
    ended = true;
    while (!line.isEmpty()) {
      line.remove().lost(transport.notConnected(), false);
    }
  }

  /** One task on its way. */
  private final class Pending implements PublishListener {

    private final SubmittedTask task;
    private final Submission submission;
    private final Content content;
    private final @Nullable DelayQueue delay;

    /** Whether its queue was declared again after it had vanished. */
    private boolean again;

    Pending(
        SubmittedTask task, Submission submission, Content content, @Nullable DelayQueue delay) {
      this.task = task;
      this.submission = submission;
      this.content = content;
      this.delay = delay;
    }

    boolean isPrepared() {
      return session.declared().hasTask(task.taskName())
          && (delay == null || session.declared().hasDelay(delay))
          && (!submission.wantsResult() || session.readsReplies());
    }

    Future<Void> prepare() {
      Future<Void> declared = session.declared().task(task.taskName());
      if (delay != null) {
        declared = declared.compose(v -> session.declared().delay(delay));
      }
      return submission.wantsResult() ? declared.compose(v -> session.readReplies()) : declared;
    }

    void notPrepared(Throwable cause) {
      if (cause instanceof QueueRefusedException refused) {
        task.reject(new TaskRejectedException(
            Reason.REFUSED, String.valueOf(refused.getMessage()), task.taskName(), refused));
      } else {
        lost(cause, false);
      }
    }

    void send() {
      if (task.isEnded()) {
        return; // its caller has gone meanwhile, and has been told that it was not sent
      }
      if (delay == null) {
        session.publisher().toQueue(task.taskName(), content, this);
      } else {
        session.publisher().publish(delay.name(), task.taskName(), content, this);
      }
    }

    @Override
    public void confirmed() {
      task.accept();
    }

    /** Nothing is bound to where it was sent: the queue was deleted after it had been declared. */
    @Override
    public void returned(int code, String text) {
      session.declared().forgetTask(task.taskName());
      if (!again && !ended) {
        again = true;
        line.add(this);
        prepareFirst();
        return;
      }
      task.reject(rejected(
          Reason.REFUSED,
          "cannot route it (" + code + " " + text
              + "): its queue was deleted; nothing was stored, submit it again"));
    }

    @Override
    public void refused() {
      task.reject(
          rejected(
              Reason.BROKER_FULL,
              "refuses it: the queue has reached its greatest length, or the broker has failed; submit it again later"));
    }

    @Override
    public void lost(Throwable cause, boolean sent) {
      if (cause instanceof IllegalArgumentException) {
        task.reject(new TaskRejectedException(
            Reason.REFUSED, String.valueOf(cause.getMessage()), task.taskName(), cause));
        return;
      }
      int bytes = content.body().length;
      if (sent && session.publisher().wasTooLarge(cause, bytes)) {
        task.reject(tooLarge());
        return;
      }
      if (Publisher.wasForbidden(cause, delay == null ? "" : delay.name())) {
        task.reject(rejected(
            Reason.REFUSED,
            "does not let user " + transport.user() + " publish: grant the permission to write"));
        return;
      }
      BrokerConnectException lost = BrokerConnectException.of(transport.broker(), cause);
      task.reject(fate(lost, sent));
    }

    private TaskException fate(BrokerConnectException lost, boolean sent) {
      return sent
          ? new OutcomeUnknownException(
              "it was sent, and the connection ended before the broker's answer: check its effect before sending it again",
              task.taskName(),
              null,
              lost)
          : new TaskConnectException(
              "the connection ended before it was sent", task.taskName(), null, lost);
    }

    private TaskRejectedException tooLarge() {
      return rejected(
          Reason.TOO_LARGE,
          "takes messages of " + session.publisher().largestBody() + " bytes, and its payload has "
              + content.body().length + ": raise max_message_size there, or send a reference");
    }

    private TaskRejectedException rejected(Reason reason, String what) {
      return new TaskRejectedException(
          reason, "RabbitMQ at " + transport.broker() + " " + what, task.taskName(), null);
    }
  }
}
