/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.producer;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.BeanstalkServerStatus;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.ServerLink;
import io.taskwire.beanstalk.connection.ServerLinks;
import io.taskwire.spi.TimeLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The puts of one producer: those that wait for their turn, in order, and how many are sent. */
final class Puts {

  /** A put is two commands where the tube changes. */
  private static final int COMMANDS_OF_A_PUT = 2;

  private final BeanstalkOptions options;
  private final ServerLinks<PutConnection> links;
  private final TimeLimit<PendingPut> untilSent;
  private final Promise<Void> allAnswered = Promise.promise();

  /** Came back unsent, or refused: before all others. */
  private final ArrayDeque<PendingPut> again = new ArrayDeque<>();

  private final ArrayDeque<PendingPut> pending = new ArrayDeque<>();

  /** Refused by every server that is connected, while another may come. */
  private final ArrayDeque<PendingPut> parked = new ArrayDeque<>();

  private int inFlight;
  private int last = -1;
  private boolean dispatching;
  private boolean dispatchPending;
  private boolean closed;

  Puts(BeanstalkOptions options, ServerLinks<PutConnection> links) {
    this.options = options;
    this.links = links;
    untilSent = new TimeLimit<>(links.loop().vertx(), options.requestTimeout(), this::expired);
  }

  int maxInFlight() {
    return options.maxInFlight();
  }

  /** Takes a put, unless too many wait. */
  void submit(PendingPut put) {
    admit(put);
    if (pending.size() + parked.size() > options.maxPending() && pending.peekLast() == put) {
      pending.removeLast();
      end(put, busy(put));
    }
  }

  /** Takes a put of somebody who keeps the limits himself. */
  void admit(PendingPut put) {
    if (closed) {
      put.fail(closedBefore(put));
      return;
    }
    pending.add(put);
    untilSent.begin(put);
    dispatch();
  }

  private BeanstalkBusyException busy(PendingPut put) {
    return new BeanstalkBusyException(put + " is refused here: maxPending=" + options.maxPending()
        + " puts wait behind maxInFlight=" + options.maxInFlight()
        + " unanswered ones (" + links.describe()
        + "); put it again when some have ended, or raise the limit");
  }

  /** A server is connected: what the others have refused may go there. */
  void connected() {
    again.addAll(parked);
    parked.clear();
    dispatch();
  }

  /** Sends what can be sent now. */
  void dispatch() {
    if (dispatching) {
      return;
    }
    dispatching = true;
    while (inFlight < options.maxInFlight() && dispatchFirst()) {
      // each round takes one put off
    }
    dispatching = false;
    if (!links.isHopeful()) {
      failAll(again);
      failAll(pending);
      failAll(parked);
    }
  }

  /** Handles the put that is first; false if there is none, or it must wait. */
  private boolean dispatchFirst() {
    ArrayDeque<PendingPut> line = again.isEmpty() ? pending : again;
    PendingPut put = line.peek();
    if (put == null) {
      return false;
    }
    if (put.hasEnded()) {
      line.remove();
      return true;
    }
    ServerLink<PutConnection> link = choose(put);
    if (link != null) {
      line.remove();
      put.sent(true);
      inFlight++;
      new PutAttempt(this, put, link).send();
      return true;
    }
    if (put.refusal() == null || links.all().stream().anyMatch(put::mayGoTo)) {
      return false;
    }
    line.remove();
    if (links.isHopeful() && hasUnconnected()) {
      parked.add(put);
    } else {
      end(put, put.refusal());
    }
    return true;
  }

  private boolean hasUnconnected() {
    return links.all().stream().anyMatch(link -> link.isHopeful() && !link.takesJobs());
  }

  /** The next server in turn that can take a put now; null if none can. */
  private @Nullable ServerLink<PutConnection> choose(PendingPut put) {
    List<ServerLink<PutConnection>> all = links.all();
    for (int step = 1; step <= all.size(); step++) {
      int at = (last + step) % all.size();
      ServerLink<PutConnection> link = all.get(at);
      if (put.mayGoTo(link) && hasRoom(Objects.requireNonNull(link.connection()))) {
        last = at;
        return link;
      }
    }
    return null;
  }

  private boolean hasRoom(PutConnection puts) {
    return puts.connection().pipelined() <= options.maxPipelined() - COMMANDS_OF_A_PUT
        && puts.connection().writable();
  }

  /** The end of a put that was sent. */
  void placed(PendingPut put, PlacedJob job) {
    untilSent.end(put);
    answered();
    put.complete(job);
  }

  /** The end of a put that was sent. */
  void failed(PendingPut put, Throwable cause) {
    untilSent.end(put);
    answered();
    put.fail(cause);
  }

  /** A put that was to be sent and that no server has: there may be another attempt. */
  void again(PendingPut put) {
    put.sent(false);
    answered();
    if (closed) {
      put.fail(closedBefore(put));
    } else if (put.isLate()) {
      put.fail(late(put));
    } else {
      again.add(put);
      dispatchSoon();
    }
  }

  private void answered() {
    inFlight--;
    if (closed && inFlight == 0) {
      allAnswered.tryComplete();
    }
    if (!pending.isEmpty() || !again.isEmpty()) {
      dispatchSoon();
    }
  }

  /** Not from inside the connection that is just being taken down, and once for all that one chunk answers. */
  private void dispatchSoon() {
    if (!dispatchPending) {
      dispatchPending = true;
      links.loop().context().runOnContext(turn -> {
        dispatchPending = false;
        dispatch();
      });
    }
  }

  /** What is sent has its own limit: the connection ends when the server is silent for so long. */
  private void expired(PendingPut put) {
    put.late();
    if (!put.isSent()) {
      parked.remove(put);
      put.fail(late(put));
      dispatch();
    }
  }

  private BeanstalkException late(PendingPut put) {
    BeanstalkException refusal = put.refusal();
    if (refusal != null) {
      return refusal;
    }
    Duration limit = options.requestTimeout();
    return links.all().stream().anyMatch(ServerLink::takesJobs)
        ? new BeanstalkConnectionException(
            put + " was not sent within " + limit.toMillis()
                + " ms: too many are before it, or the server reads no more ("
                + links.describe() + "); put it again",
            false,
            null)
        : links.none(limit);
  }

  private void failAll(ArrayDeque<PendingPut> line) {
    for (PendingPut put = line.poll(); put != null; put = line.poll()) {
      BeanstalkException refusal = put.refusal();
      end(put, refusal != null ? refusal : hopeless(put));
    }
  }

  private BeanstalkException hopeless(PendingPut put) {
    for (BeanstalkServerStatus status : links.statuses()) {
      if (status.state() == BeanstalkServerStatus.State.DRAINING) {
        return new BeanstalkReplyException(put + " at " + status.server(), new Reply.Draining());
      }
    }
    return links.none(Duration.ZERO);
  }

  private void end(PendingPut put, Throwable cause) {
    untilSent.end(put);
    if (!put.hasEnded()) {
      put.fail(cause);
    }
  }

  private static BeanstalkClosedException closedBefore(PendingPut put) {
    return new BeanstalkClosedException(
        "the producer was closed before " + put + " was sent", false, null);
  }

  /** Refuses what was not sent; completes when what was sent is answered. */
  Future<Void> close() {
    closed = true;
    for (ArrayDeque<PendingPut> line : List.of(again, pending, parked)) {
      new ArrayList<>(line).forEach(put -> end(put, closedBefore(put)));
      line.clear();
    }
    untilSent.close();
    if (inFlight == 0) {
      allAnswered.tryComplete();
    }
    return allAnswered.future();
  }
}
