/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.Request;
import io.taskwire.spi.BrokerConnectException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;

/**
 * One function's part of a {@link SharedLoop}. It ends with CANT_DO, at which the server takes back the jobs of this function
 * that are held, and no others.
 */
final class Share implements JobSource {

  private final SharedLoop shared;
  private final GrabLoop loop;
  private final String function;
  private final int concurrency;
  private final JobReceiver receiver;
  private final Promise<Void> drained = Promise.promise();

  /** Assigned, while as many are at work as may be. */
  private final ArrayDeque<AssignedJob> waiting = new ArrayDeque<>();

  private int running;

  /** Given back by the receiver; the server has them until the end of this share. */
  private int held;

  private boolean paused;
  private boolean draining;
  private boolean ended;
  private boolean beginning;

  Share(SharedLoop shared, String function, int concurrency, JobReceiver receiver) {
    this.shared = shared;
    this.loop = shared.loop();
    this.function = function;
    this.concurrency = concurrency;
    this.receiver = receiver;
  }

  String function() {
    return function;
  }

  int concurrency() {
    return concurrency;
  }

  JobReceiver receiver() {
    return receiver;
  }

  void assigned(AssignedJob job) {
    waiting.add(job);
    begin();
  }

  void oversized(AssignedJob job, long payloadLength) {
    running++;
    receiver.oversized(job, payloadLength);
  }

  /** Hands out what waits; a receiver may settle a job at once, and get the next from the same loop. */
  private void begin() {
    if (beginning) {
      return;
    }
    beginning = true;
    while (!paused && isTaking() && running < concurrency && !waiting.isEmpty()) {
      running++;
      receiver.assigned(waiting.remove());
    }
    beginning = false;
  }

  @Override
  public void settled() {
    if (ended) {
      return;
    }
    running--;
    loop.settled();
    begin();
    endIfDone();
  }

  @Override
  public void giveBack() {
    if (ended) {
      return;
    }
    running--;
    held++;
    endIfDone();
  }

  @Override
  public boolean isTaking() {
    return !draining && !ended && held == 0 && loop.isTaking();
  }

  @Override
  public boolean takeSlot() {
    if (!isTaking() || running >= concurrency || !loop.takeSlot()) {
      return false;
    }
    running++;
    return true;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    begin();
  }

  @Override
  public Future<Void> drain() {
    draining = true;
    endIfDone();
    return drained.future();
  }

  private void endIfDone() {
    if ((draining || held > 0) && running == 0 && !ended) {
      end(draining);
    }
  }

  @Override
  public Future<Void> close() {
    if (!ended) {
      end(true);
    }
    return drained.future();
  }

  /** Gives up the function; what is held of it goes back to the server. */
  private void end(boolean expected) {
    ended = true;
    for (int slots = running + held + waiting.size(); slots > 0; slots--) {
      loop.settled();
    }
    waiting.clear();
    Future<Void> noted;
    if (shared.removed(this)) {
      noted = loop.drain();
    } else {
      loop.send(new CantDo(function));
      noted = loop.barrier();
    }
    BrokerConnectException why = new BrokerConnectException(
        "tasks of \"" + function + "\" are not taken here any more", true, null);
    receiver.closed(why, expected);
    noted.onComplete(done -> drained.tryComplete());
  }

  @Override
  public void fail(Throwable cause) {
    loop.fail(cause);
  }

  /** The connection is closed. */
  void closed(Throwable cause) {
    ended = true;
    receiver.closed(cause, draining);
    drained.tryComplete();
  }

  @Override
  public void send(Request packet) {
    if (!ended) {
      loop.send(packet);
    }
  }

  @Override
  public Future<Void> room() {
    return loop.room();
  }

  @Override
  public String broker() {
    return loop.broker();
  }
}
