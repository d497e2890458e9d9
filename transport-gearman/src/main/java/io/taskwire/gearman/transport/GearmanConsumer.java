/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.connection.AssignedJob;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.GrabLoop;
import io.taskwire.gearman.connection.JobReceiver;
import io.taskwire.gearman.connection.JobSlots;
import io.taskwire.gearman.connection.JobSource;
import io.taskwire.gearman.connection.SharedLoop;
import io.taskwire.spi.Bag;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SharedByHosts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker for one function, on a connection of its own or on one that it shares. */
final class GearmanConsumer implements Consumer, JobReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(GearmanConsumer.class);
  private static final GrabJobUniq GRAB = new GrabJobUniq();

  private final GearmanSession session;
  private final ConsumerSpec spec;
  private final ConsumerListener listener;

  /** Delivered and not settled. */
  private final Bag<GearmanDelivery> running = new Bag<>();

  private final HeldRetries retries;
  private @Nullable JobSource source;
  private boolean closing;

  GearmanConsumer(GearmanSession session, ConsumerSpec spec, ConsumerListener listener) {
    this.session = session;
    this.spec = spec;
    this.listener = listener;
    retries = new HeldRetries(session.schedule(), spec.concurrency(), this::tryAgain);
  }

  /** Completes when the server knows that tasks of this name are taken here, and then begins to take them. */
  Future<Consumer> open(GearmanConnector connector, HostPort host) {
    GrabLoop loop = new GrabLoop('"' + spec.taskName() + '"', GRAB, slots(), this);
    source = loop;
    return loop.open(connector, host, List.of(new CanDo(spec.taskName())))
        .<Consumer>map(this)
        .onFailure(cause -> session.removed(this));
  }

  /** The slots, which the consumers of the same handler at other hosts take from, too. */
  private JobSlots slots() {
    SharedByHosts shared = spec.shared();
    return shared == null
        ? new JobSlots(spec.concurrency())
        : shared.get(JobSlots.class, () -> new JobSlots(spec.concurrency()));
  }

  /** The same over a connection that other functions use too. Its slots are this host's alone. */
  Future<Consumer> share(SharedLoop shared) {
    return shared
        .add(spec.taskName(), spec.concurrency(), this)
        .<Consumer>map(share -> {
          source = share;
          if (closing) {
            share.close();
          }
          return this;
        })
        .onFailure(cause -> session.removed(this));
  }

  boolean isShared() {
    return !(source instanceof GrabLoop);
  }

  private JobSource source() {
    JobSource open = source;
    if (open == null) {
      throw new IllegalStateException("the consumer is not connected yet");
    }
    return open;
  }

  @Override
  public void assigned(AssignedJob job) {
    Envelope request = Envelope.open(spec.envelope(), job.payload());
    GearmanDelivery delivery = new GearmanDelivery(this, job.handle(), request, 1);
    running.add(delivery);
    if (request.payload().length() > session.maxPayload()) {
      refuse(delivery, session.tooLarge("the payload", request.payload().length()));
    } else if (!request.headers().isEmpty() && Expiry.hasPassed(request.headers())) {
      refuse(delivery, Expiry.FAILURE);
    } else {
      listener.deliver(delivery);
    }
  }

  @Override
  public void oversized(AssignedJob job, long payloadLength) {
    Envelope nothing = new Envelope(false, Map.of(), Buffer.buffer(0));
    GearmanDelivery delivery = new GearmanDelivery(this, job.handle(), nothing, 1);
    running.add(delivery);
    refuse(delivery, session.tooLarge("the payload", payloadLength));
  }

  /** Settles a job that its handler never sees: closing would have it delivered again for ever. */
  private void refuse(GearmanDelivery delivery, Failure failure) {
    LOG.warn(
        "Task \"{}\" ({}) failed before its handler: {}",
        spec.taskName(),
        delivery.id(),
        failure.message());
    delivery.fail(failure);
  }

  void send(Request packet) {
    source().send(packet);
  }

  /** Completes when more may be written. */
  Future<Void> room() {
    return source().room();
  }

  EnvelopeMode envelope() {
    return spec.envelope();
  }

  String taskName() {
    return spec.taskName();
  }

  int maxPayload() {
    return session.maxPayload();
  }

  Failure tooLarge(String what, long length) {
    return session.tooLarge(what, length);
  }

  FailureStyle failures() {
    return session.settings().failures();
  }

  ReplySender replySender() {
    return session.replySender();
  }

  DeadLetters deadLetters() {
    return session.deadLetters();
  }

  /** Says why a task cannot be tried again after a delay; null if it can. */
  @Nullable
  String refuseRetry(int attempt, Duration delay) {
    return attempt >= spec.maxAttempts()
        ? "it asked for another attempt after the last of maxAttempts=" + spec.maxAttempts()
        : retries.refuse(delay);
  }

  boolean keepsDeadLetters() {
    return session.settings().deadLetter();
  }

  /** Keeps the job without its slot, and hands it out once more when the delay has passed. */
  void hold(GearmanDelivery delivery, Duration delay) {
    running.remove(delivery);
    retries.hold(delivery, delay);
    freeSlot();
  }

  /** A retry is due: takes a slot for it; false if there is none. */
  private boolean tryAgain(GearmanDelivery delivery) {
    if (!source().takeSlot()) {
      return false;
    }
    handOut(delivery);
    return true;
  }

  private void handOut(GearmanDelivery delivery) {
    GearmanDelivery again = delivery.again();
    running.add(again);
    listener.deliver(again);
  }

  /** The delivery has sent its last packet; of one that was lost before, the slot is free already. */
  void settled(GearmanDelivery delivery) {
    if (running.remove(delivery)) {
      freeSlot();
    }
  }

  /** Jobs that were held long enough come before new ones. */
  private void freeSlot() {
    GearmanDelivery due = source().isTaking() ? retries.nextDue() : null;
    if (due == null) {
      source().settled();
    } else {
      handOut(due);
    }
  }

  /** The delivery goes back to the server, and all that come after it. */
  void givenBack(GearmanDelivery delivery) {
    if (running.remove(delivery)) {
      source().giveBack();
    }
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    // JOB_NOT_FOUND: the job was cancelled, or taken back by the server; it has its end elsewhere.
    LOG.debug(
        "{} refuses a packet about a task \"{}\": {} {}",
        source().broker(),
        spec.taskName(),
        error.code(),
        error.text());
  }

  @Override
  public void pause() {
    source().pause();
  }

  @Override
  public void resume() {
    source().resume();
  }

  @Override
  public Future<Void> drain() {
    return source().drain();
  }

  @Override
  public Future<Void> close() {
    closing = true;
    return source == null ? Future.succeededFuture() : source.close();
  }

  /** The session is lost, and its consumers with it. */
  void lost(Throwable cause) {
    closing = true;
    if (source != null) {
      source.fail(cause);
    }
  }

  @Override
  public void closed(Throwable cause, boolean expected) {
    session.removed(this);
    retries.clear();
    List<GearmanDelivery> lost = running.copy();
    lost.forEach(running::remove);
    lost.forEach(delivery -> {
      delivery.lost(cause);
      if (!isShared()) {
        source().settled(); // its handler may go on for long, while the other hosts' tasks wait
      }
    });
    if (!expected) {
      listener.lost(cause);
    }
  }
}
