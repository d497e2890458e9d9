/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.connection.AssignedJob;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.GrabLoop;
import io.taskwire.gearman.connection.JobReceiver;
import io.taskwire.gearman.connection.JobSlots;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Takes the results of one client, on a connection of its own, which lives and dies with its session. */
final class ReplyConsumer implements JobReceiver {

  private static final GrabJobUniq GRAB = new GrabJobUniq();
  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final int SLOTS = 64;
  private static final long CLOSE_MILLIS = 3_000;

  private final GearmanSession session;
  private final DurableResults results;
  private final String function;
  private final GrabLoop loop;

  ReplyConsumer(GearmanSession session, DurableResults results, String clientId) {
    this.session = session;
    this.results = results;
    this.function = ReplyAddress.functionOf(clientId);
    this.loop = new GrabLoop('"' + function + '"', GRAB, new JobSlots(SLOTS), this);
  }

  Future<Void> open(GearmanConnector connector, HostPort host) {
    return loop.open(connector, host, List.of(new CanDo(function)));
  }

  @Override
  public void assigned(AssignedJob job) {
    Envelope reply = Envelope.open(EnvelopeMode.AUTO, job.payload());
    long length = reply.payload().length();
    arrived(
        job,
        reply.headers().getOrDefault(Headers.ID, job.unique()),
        length > session.maxPayload() ? tooLarge(length) : Outcome.of(reply));
  }

  @Override
  public void oversized(AssignedJob job, long payloadLength) {
    arrived(job, job.unique(), tooLarge(payloadLength));
  }

  private Outcome tooLarge(long length) {
    return Outcome.failed(session.tooLarge("the worker's answer", length));
  }

  private void arrived(AssignedJob job, String id, Outcome outcome) {
    if (!session.isClosing()) {
      results.arrived(new KeptResults.Reply(
          id,
          task -> outcome,
          () -> loop.send(new WorkComplete(job.handle(), NOTHING)),
          () -> session.lateResult(id)));
    }
    // A result that is held takes no slot: others must come past it.
    loop.settled();
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    // JOB_NOT_FOUND: the job was cancelled from outside.
  }

  /** Closes when the server has taken note of what was settled, though not waiting for it for long. */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    long limit = session.connection().context().owner().setTimer(CLOSE_MILLIS, id -> loop.close());
    loop.drain().compose(drained -> loop.close()).onComplete(closed -> {
      session.connection().context().owner().cancelTimer(limit);
      done.tryComplete();
    });
    return done.future();
  }

  /** The session is lost. */
  void lost(Throwable cause) {
    loop.fail(cause);
  }

  @Override
  public void closed(Throwable cause, boolean expected) {
    if (!expected) {
      session.fail(cause);
    }
  }
}
