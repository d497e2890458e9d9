/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs on a connection of its own: grabs as long as slots are free, sleeps when there is nothing, and looks again
 * when it is woken or a heartbeat has passed. The connection is the lease of its jobs.
 */
public final class GrabLoop implements ConnectionOwner, JobSource {

  private static final PreSleep PRE_SLEEP = new PreSleep();

  private final String name;
  private final Request grab;
  private final JobSlots slots;
  private final GrabTokens tokens;
  private final JobReceiver receiver;
  private final List<Promise<Void>> awaitingRoom = new ArrayList<>();
  private final Promise<Void> drained = Promise.promise();
  private @Nullable GearmanConnection connection;

  /** Jobs in the receiver's hands. */
  private int working;

  /** Jobs that came when their slots were given to others, and wait for one. */
  private final ArrayDeque<AssignedJob> late = new ArrayDeque<>();

  /** Jobs that nobody handles: closing the connection is the only way to give them back. */
  private int held;

  private boolean live;

  private boolean draining;
  private boolean ending;
  private boolean closing;
  private boolean closed;
  private boolean inChunk;

  /**
   * Creates a loop that is not connected yet.
   *
   * @param name what jobs are taken for, in words, for messages
   * @param grab the packet that asks for a job
   * @param slots bounds the jobs at work
   * @param receiver takes the jobs
   */
  public GrabLoop(String name, Request grab, JobSlots slots, JobReceiver receiver) {
    this.name = name;
    this.grab = grab;
    this.slots = slots;
    this.receiver = receiver;
    tokens = new GrabTokens(slots);
  }

  /**
   * Connects, and begins to take jobs.
   *
   * @param abilities what the server has to know first, CAN_DO as a rule
   * @return completes when the server knows; fails with a {@link BrokerConnectException}
   */
  public Future<Void> open(GearmanConnector connector, HostPort host, List<Request> abilities) {
    Promise<Void> ready = Promise.promise();
    connector
        .open(host, this)
        .compose(opened -> {
          connection = opened;
          if (closing) {
            opened.close(closedHere());
          }
          abilities.forEach(opened::send);
          return opened.barrier();
        })
        .onComplete(
            known -> {
              live = true;
              slots.join(this);
              ready.complete();
              pump();
            },
            cause -> ready.fail(BrokerConnectException.of(host.toString(), cause)));
    return ready.future();
  }

  private BrokerConnectException closedHere() {
    return new BrokerConnectException("the connection of " + name + " is closed", true, null);
  }

  private GearmanConnection connection() {
    GearmanConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the connection of " + name + " is not open yet");
    }
    return open;
  }

  /** Sends a packet that has no answer; dropped when the connection is closed. */
  @Override
  public void send(Request packet) {
    connection().send(packet);
  }

  /** Completes when the server has taken all that was sent so far. */
  public Future<Void> barrier() {
    return connection().barrier();
  }

  /** Names the server. */
  @Override
  public String broker() {
    return connection().broker();
  }

  @Override
  public void worker(Response packet) {
    inChunk = true;
    switch (packet.type()) {
      case JOB_ASSIGN_UNIQ, JOB_ASSIGN, JOB_ASSIGN_ALL -> assigned(packet);
      case NO_JOB -> tokens.none();
      case NOOP -> tokens.woken();
      default -> refuse(packet);
    }
  }

  private void assigned(Response packet) {
    tokens.assigned();
    if (draining || held > 0) {
      held++;
      return;
    }
    AssignedJob job = AssignedJob.of(packet);
    if (job == null) {
      return;
    }
    if (slots.isOverfull()) {
      slots.waits();
      late.add(job);
    } else {
      working++;
      receiver.assigned(job);
    }
  }

  /** Begins jobs that came late, as far as slots are free. */
  void beginLate() {
    while (!late.isEmpty() && slots.takeWaiting()) {
      working++;
      receiver.assigned(late.remove());
    }
  }

  /** To be called now and then where slots are shared: a server that does not answer does not keep them from the others. */
  public void freeLateSlots() {
    tokens.freeLate();
  }

  /** Gives those back with the connection that have not begun. */
  private void holdLate() {
    held += late.size();
    slots.forgetWaiting(late.size());
    late.clear();
  }

  @Override
  public void oversizedJob(Response packet, long payloadLength) {
    AssignedJob job = AssignedJob.of(packet);
    if (job == null) {
      refuse(packet);
      return;
    }
    inChunk = true;
    tokens.assigned();
    working++;
    receiver.oversized(job, payloadLength);
  }

  private void refuse(Response packet) {
    connection()
        .close(new BrokerConnectException(
            broker() + " sends " + packet.type() + " to a worker", true, null));
  }

  @Override
  public void endOfChunk() {
    if (inChunk) {
      inChunk = false;
      tokens.endOfAnswers();
      slots.offer();
      endIfDone();
    }
  }

  /** Asks for as many jobs as there should be asked for, or sleeps; tells whether it has asked. */
  boolean pump() {
    if (!live || inChunk) {
      return false;
    }
    int grabs = tokens.takeGrabs();
    for (int i = 0; i < grabs; i++) {
      send(grab);
    }
    sleepIfIdle();
    return grabs > 0;
  }

  /** Asks for one job, unless enough are asked for. */
  boolean grabOne() {
    if (!live || inChunk || tokens.takeGrabs(1) == 0) {
      return false;
    }
    send(grab);
    return true;
  }

  void sleepIfIdle() {
    if (live && !inChunk && tokens.takeSleep()) {
      send(PRE_SLEEP);
    }
  }

  /** The last packet of a job has been sent, or its connection is lost: its slot is free. */
  @Override
  public void settled() {
    working--;
    tokens.settled();
    if (!inChunk) {
      slots.offer();
      endIfDone();
    }
  }

  /** Whether jobs are still begun: not when the loop drains, gives jobs back or is closed. */
  @Override
  public boolean isTaking() {
    return live && !draining && held == 0;
  }

  /**
   * Takes a slot for a job that gave its own up with {@link #settled()} though it was not: for one that is held and begun
   * again.
   *
   * @return false if none is free, or no job is begun any more
   */
  @Override
  public boolean takeSlot() {
    if (!isTaking() || !tokens.takeSlot()) {
      return false;
    }
    working++;
    return true;
  }

  /**
   * A job goes back to the server, which cannot take a single one: none is taken any more, and when those at work are
   * settled the connection is closed.
   */
  @Override
  public void giveBack() {
    working--;
    if (closed) {
      tokens.settled();
      slots.offer();
      return;
    }
    held++;
    tokens.stop();
    endIfDone();
  }

  private void endIfDone() {
    if (connection == null
        || !(draining || held > 0)
        || ending
        || inChunk
        || working > 0
        || tokens.outstanding() > 0) {
      return;
    }
    ending = true;
    connection()
        .shutdown(new BrokerConnectException(
            "the connection of " + name + " was closed to give jobs back", true, null));
  }

  /** Completes when more may be written. */
  @Override
  public Future<Void> room() {
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
    receiver.unaskedError(error);
  }

  @Override
  public void lateResult(String handle) {
    // A worker submits nothing, so nothing can be late.
  }

  @Override
  public boolean heartbeat() {
    // The NOOP may have been lost on its way through something half open.
    tokens.woken();
    return pump();
  }

  /** There may be a job: the server has been told of another function. */
  public void look() {
    tokens.woken();
    pump();
  }

  /** Asks for no more jobs until {@link #resume()}. */
  @Override
  public void pause() {
    tokens.stop();
  }

  @Override
  public void resume() {
    if (!draining && held == 0) {
      tokens.resume();
      pump();
    }
  }

  /** Asks for no more jobs, waits for those at work and closes safely. Completes when the connection is closed. */
  @Override
  public Future<Void> drain() {
    if (!draining) {
      draining = true;
      holdLate();
      tokens.stop();
      endIfDone();
    }
    return drained.future();
  }

  /** Closes at once: the server hands the jobs at work to others. */
  @Override
  public Future<Void> close() {
    closing = true;
    return connection == null ? Future.succeededFuture() : connection.close(closedHere());
  }

  /** The same for a reason outside, which makes the end unexpected. */
  @Override
  public void fail(Throwable cause) {
    if (connection == null) {
      closing = true;
    } else {
      connection.close(cause);
    }
  }

  @Override
  public void closed(Throwable cause) {
    boolean expected = !live || closing || draining;
    closed = true;
    live = false;
    slots.leave(this);
    holdLate();
    tokens.closed(held);
    receiver.closed(cause, expected);
    List<Promise<Void>> waiting = new ArrayList<>(awaitingRoom);
    awaitingRoom.clear();
    waiting.forEach(room -> room.tryFail(cause));
    drained.tryComplete();
    slots.offer();
  }
}
