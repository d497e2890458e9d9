/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.SessionListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the replies out of a caller's reply tube, over a connection of its own that watches the tube as long as it lives:
 * a tube that nobody watches is taken for an orphan.
 *
 * <p>A reply is deleted as soon as it is handed over. While replies come several polls are outstanding; when all came back empty,
 * one reserve waits.
 */
final class ReplyReader {

  private static final Logger log = LoggerFactory.getLogger(ReplyReader.class);

  private static final int MAX_POLLS = 16;

  /** How long one reserve waits; its end is the sign of life of an idle connection. */
  static final int WAIT_SECONDS = 20;

  private final BeanstalkConnection connection;
  private final CallerResults results;
  private final ReplyHosts hosts;
  private final SessionListener listener;

  /** For jobs that are buried: this connection may be blocked by a reserve. */
  private final Function<Command, Future<Reply>> aside;

  private int outstanding;

  private ReplyReader(
      BeanstalkConnection connection,
      CallerResults results,
      ReplyHosts hosts,
      SessionListener listener,
      Function<Command, Future<Reply>> aside) {
    this.connection = connection;
    this.results = results;
    this.hosts = hosts;
    this.listener = listener;
    this.aside = aside;
  }

  /**
   * Begins to watch, and has replies back that were set aside in an earlier session.
   *
   * @return completes when the broker has answered that it watches
   */
  static Future<ReplyReader> start(
      BeanstalkConnection connection,
      Collection<Tube> tubes,
      CallerResults results,
      ReplyHosts hosts,
      SessionListener listener,
      Function<Command, Future<Reply>> aside) {
    List<Future<Reply>> answers = new ArrayList<>();
    for (Tube tube : tubes) {
      answers.add(connection.send(new Command.Watch(tube)));
      answers.add(connection.send(new Command.Use(tube)));
      answers.add(connection.send(new Command.Kick(Integer.MAX_VALUE)));
    }
    answers.add(connection.send(new Command.Ignore(Tube.DEFAULT)));
    return Future.all(answers).map(v -> {
      ReplyReader reader = new ReplyReader(connection, results, hosts, listener, aside);
      reader.waitForOne();
      return reader;
    });
  }

  private void waitForOne() {
    outstanding++;
    reserve(WAIT_SECONDS);
  }

  /** Polls no more than there are results to come. */
  private void poll() {
    while (outstanding < Math.min(MAX_POLLS, results.expected())) {
      outstanding++;
      reserve(0);
    }
  }

  private void reserve(int seconds) {
    connection
        .send(new Command.ReserveWithTimeout(seconds))
        .onComplete(
            this::reserved,
            lost -> log.debug("replies end with their connection: {}", lost.getMessage()));
  }

  private void reserved(Reply reply) {
    outstanding--;
    if (reply instanceof Reply.Reserved job) {
      take(job.id(), job.body());
      poll();
    } else if (reply instanceof Reply.Oversized job) {
      takeOversized(job.id(), job.head());
      poll();
    } else if (!(reply instanceof Reply.TimedOut || reply instanceof Reply.DeadlineSoon)) {
      log.warn("the broker answers a reserve with {}", reply);
      Future<Void> unused = connection.close();
      return;
    }
    if (outstanding == 0) {
      waitForOne();
    }
  }

  private void take(long jobId, Buffer body) {
    Envelope envelope = Envelope.open(EnvelopeMode.AUTO, body);
    ReplyJob job = job(jobId);
    if (!ReplyBatch.isOne(envelope)) {
      handOn(job, envelope);
    } else {
      List<Buffer> replies = ReplyBatch.decode(envelope);
      if (replies == null) {
        log.warn("dropped a job of several replies whose lengths do not fit");
      } else {
        replies.forEach(reply -> handOn(job, Envelope.open(EnvelopeMode.AUTO, reply)));
      }
    }
    job.handedOn();
  }

  /** Says in the reply's place that it is too large; its headers are in what was kept of it. */
  private void takeOversized(long jobId, Buffer head) {
    String text = "the result is larger than this caller's maxPayload";
    Map<String, String> headers =
        new HashMap<>(new Failure(FailureCode.TOO_LARGE, "", text, null).toHeaders());
    String id = Envelope.open(EnvelopeMode.AUTO, head).headers().get(Headers.ID);
    if (id != null) {
      headers.put(Headers.ID, id);
    }
    ReplyJob job = job(jobId);
    handOn(job, new Envelope(true, headers, Buffer.buffer()));
    job.handedOn();
  }

  private ReplyJob job(long id) {
    return new ReplyJob(id, connection::send, aside);
  }

  private void handOn(ReplyJob job, Envelope reply) {
    job.add();
    try {
      hosts.resultsOf(reply, results).reply(job, reply, listener);
    } catch (RuntimeException e) {
      // The others in the job are other callers'.
      log.error("a result could not be handed over", e);
    }
  }
}
