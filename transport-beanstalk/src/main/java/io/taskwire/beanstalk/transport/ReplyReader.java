/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.SessionListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the replies out of a caller's reply tube, over a connection of its own that watches the tube as long as it lives:
 * a tube that nobody watches is taken for an orphan.
 *
 * <p>A reply is deleted as soon as it is read. While replies come several polls are outstanding; when all came back empty,
 * one reserve waits.
 */
final class ReplyReader {

  private static final Logger log = LoggerFactory.getLogger(ReplyReader.class);

  private static final int MAX_POLLS = 16;

  /** How long one reserve waits; its end is the sign of life of an idle connection. */
  static final int WAIT_SECONDS = 20;

  private final BeanstalkConnection connection;
  private final AwaitedResults results;
  private final SessionListener listener;

  private int outstanding;

  private ReplyReader(
      BeanstalkConnection connection, AwaitedResults results, SessionListener listener) {
    this.connection = connection;
    this.results = results;
    this.listener = listener;
  }

  /** Begins to watch; completes when the broker has answered that it does. */
  static Future<ReplyReader> start(
      BeanstalkConnection connection, Tube tube, AwaitedResults results, SessionListener listener) {
    Future<Reply> watched = connection.send(new Command.Watch(tube));
    Future<Reply> ignored = connection.send(new Command.Ignore(Tube.DEFAULT));
    return Future.all(watched, ignored).map(v -> {
      ReplyReader reader = new ReplyReader(connection, results, listener);
      reader.waitForOne();
      return reader;
    });
  }

  BeanstalkConnection connection() {
    return connection;
  }

  private void waitForOne() {
    outstanding++;
    reserve(WAIT_SECONDS);
  }

  /** Polls no more than there are results to come. */
  private void poll() {
    while (outstanding < Math.min(MAX_POLLS, results.size())) {
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
      delete(job.id());
      results.oversized(Envelope.open(EnvelopeMode.AUTO, job.head()), listener);
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
    // Deleted first: what the listener does may throw, and a reply left behind would come again for
    // ever.
    delete(jobId);
    Envelope job = Envelope.open(EnvelopeMode.AUTO, body);
    if (!ReplyBatch.isOne(job)) {
      results.reply(job, listener);
      return;
    }
    List<Buffer> replies = ReplyBatch.decode(job);
    if (replies == null) {
      log.warn("dropped a job of several replies whose lengths do not fit");
      return;
    }
    for (Buffer reply : replies) {
      try {
        results.reply(Envelope.open(EnvelopeMode.AUTO, reply), listener);
      } catch (RuntimeException e) {
        // The others in the job are other callers'.
        log.error("a result could not be handed over", e);
      }
    }
  }

  private void delete(long jobId) {
    // If the connection ends before, the reply comes again and is dropped by its id.
    Future<Reply> unused = connection.send(new Command.Delete(jobId));
  }
}
