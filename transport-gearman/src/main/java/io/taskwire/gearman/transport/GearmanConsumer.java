/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.GrabTokens;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker for one function, on a connection of its own. The connection is the lease of its jobs. */
final class GearmanConsumer implements Consumer, ConnectionOwner {

  private static final Logger LOG = LoggerFactory.getLogger(GearmanConsumer.class);
  private static final GrabJobUniq GRAB = new GrabJobUniq();
  private static final PreSleep PRE_SLEEP = new PreSleep();

  private final GearmanSession session;
  private final ConsumerSpec spec;
  private final ConsumerListener listener;
  private final GrabTokens tokens;

  /** Delivered and not settled. */
  private final Set<GearmanDelivery> running = new HashSet<>();

  private final List<Promise<Void>> awaitingRoom = new ArrayList<>();
  private final Promise<Void> drained = Promise.promise();
  private @Nullable GearmanConnection connection;
  private boolean live;

  /** Jobs are held that nobody handles: closing the connection is the only way to give them back. */
  private boolean holding;

  private boolean draining;
  private boolean ending;
  private boolean closedByQueue;
  private boolean inChunk;

  GearmanConsumer(GearmanSession session, ConsumerSpec spec, ConsumerListener listener) {
    this.session = session;
    this.spec = spec;
    this.listener = listener;
    tokens = new GrabTokens(spec.concurrency());
  }

  /** Completes when the server knows that tasks of this name are taken here, and then begins to take them. */
  Future<Consumer> open(GearmanConnector connector, HostPort host) {
    Promise<Consumer> ready = Promise.promise();
    connector
        .open(host, this)
        .compose(opened -> {
          connection = opened;
          if (closedByQueue) {
            opened.close(closing());
          }
          opened.send(new CanDo(spec.taskName()));
          return opened.barrier();
        })
        .onComplete(
            known -> {
              live = true;
              ready.complete(this);
              pump();
            },
            cause -> {
              session.removed(this);
              ready.fail(BrokerConnectException.of(host.toString(), cause));
            });
    return ready.future();
  }

  private BrokerConnectException closing() {
    return new BrokerConnectException(
        "the consumer of \"" + spec.taskName() + "\" is closed", true, null);
  }

  private GearmanConnection connection() {
    GearmanConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the consumer is not connected yet");
    }
    return open;
  }

  @Override
  public void worker(Response packet) {
    inChunk = true;
    switch (packet.type()) {
      case JOB_ASSIGN_UNIQ -> {
        JobAssignUniq job = (JobAssignUniq) packet;
        assigned(job.handle(), job.payload());
      }
      case JOB_ASSIGN -> {
        JobAssign job = (JobAssign) packet;
        assigned(job.handle(), job.payload());
      }
      case JOB_ASSIGN_ALL -> {
        JobAssignAll job = (JobAssignAll) packet;
        assigned(job.handle(), job.payload());
      }
      case NO_JOB -> tokens.none();
      case NOOP -> tokens.woken();
      default ->
        connection()
            .close(new BrokerConnectException(
                connection().broker() + " sends " + packet.type() + " to a worker", true, null));
    }
  }

  private void assigned(String handle, Buffer body) {
    tokens.assigned();
    if (draining || holding) {
      holding = true;
      return;
    }
    Envelope request = Envelope.open(spec.envelope(), body);
    if (request.payload().length() > session.maxPayload()) {
      refuse(handle, request.payload().length());
      return;
    }
    GearmanDelivery delivery = new GearmanDelivery(this, handle, request);
    running.add(delivery);
    listener.deliver(delivery);
  }

  /** Settles a job that is too large for its handler: closing would have it delivered again for ever. */
  private void refuse(String handle, long length) {
    Failure failure = session.tooLarge("the payload", length);
    LOG.warn(
        "Task \"{}\" ({}) failed before its handler: {}",
        spec.taskName(),
        handle,
        failure.message());
    tokens.settled();
    send(new WorkException(handle, failure.toText()));
  }

  @Override
  public void oversizedJob(Response job, long payloadLength) {
    inChunk = true;
    String handle = job instanceof JobAssignUniq unique
        ? unique.handle()
        : job instanceof JobAssign plain ? plain.handle() : ((JobAssignAll) job).handle();
    tokens.assigned();
    refuse(handle, payloadLength);
  }

  @Override
  public void endOfChunk() {
    if (inChunk) {
      inChunk = false;
      tokens.endOfAnswers();
      pump();
      endIfDone();
    }
  }

  /** Asks for as many jobs as there should be asked for, or sleeps. */
  private void pump() {
    if (!live || inChunk) {
      return;
    }
    for (int grabs = tokens.takeGrabs(); grabs > 0; grabs--) {
      send(GRAB);
    }
    if (tokens.takeSleep()) {
      send(PRE_SLEEP);
    }
  }

  void send(Request packet) {
    connection().send(packet);
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

  /** The delivery has sent its last packet. */
  void settled(GearmanDelivery delivery) {
    running.remove(delivery);
    tokens.settled();
    pump();
    endIfDone();
  }

  /**
   * The delivery goes back to the server, which cannot take a single one: none is taken any more, and when those that run
   * are settled the connection is closed.
   */
  void givenBack(GearmanDelivery delivery) {
    running.remove(delivery);
    holding = true;
    tokens.stop();
    endIfDone();
  }

  private void endIfDone() {
    if (!(draining || holding)
        || ending
        || inChunk
        || !running.isEmpty()
        || tokens.outstanding() > 0) {
      return;
    }
    ending = true;
    connection()
        .shutdown(new BrokerConnectException(
            "the connection of \"" + spec.taskName() + "\" was closed to give tasks back",
            true,
            null));
  }

  /** Completes when more may be written. */
  Future<Void> room() {
    if (connection().isWritable()) {
      return Future.succeededFuture();
    }
    Promise<Void> room = Promise.promise();
    awaitingRoom.add(room);
    return room.future();
  }

  @Override
  public void writable() {
    List<Promise<Void>> waiting = new ArrayList<>(awaitingRoom);
    awaitingRoom.clear();
    waiting.forEach(Promise::tryComplete);
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    // JOB_NOT_FOUND: the job was cancelled, or taken back by the server; it has its end elsewhere.
    LOG.debug(
        "{} refuses a packet about a task \"{}\": {} {}",
        connection().broker(),
        spec.taskName(),
        error.code(),
        error.text());
  }

  @Override
  public void lateResult(String handle) {
    // A worker submits nothing, so nothing can be late.
  }

  @Override
  public void heartbeat() {
    // The NOOP may have been lost on its way through something half open.
    tokens.woken();
    pump();
  }

  @Override
  public void pause() {
    tokens.stop();
  }

  @Override
  public void resume() {
    if (!draining && !holding) {
      tokens.resume();
      pump();
    }
  }

  @Override
  public Future<Void> drain() {
    if (!draining) {
      draining = true;
      tokens.stop();
      endIfDone();
    }
    return drained.future();
  }

  @Override
  public Future<Void> close() {
    closedByQueue = true;
    return connection == null ? Future.succeededFuture() : connection.close(closing());
  }

  /** The session is lost, and its consumers with it. */
  void lost(Throwable cause) {
    if (connection == null) {
      closedByQueue = true;
    } else {
      connection.close(cause);
    }
  }

  @Override
  public void closed(Throwable cause) {
    session.removed(this);
    List<GearmanDelivery> lost = new ArrayList<>(running);
    running.clear();
    lost.forEach(delivery -> delivery.lost(cause));
    List<Promise<Void>> waiting = new ArrayList<>(awaitingRoom);
    awaitingRoom.clear();
    waiting.forEach(room -> room.tryFail(cause));
    boolean wanted = live && !closedByQueue && !draining;
    drained.tryComplete();
    if (wanted) {
      listener.lost(cause);
    }
  }
}
