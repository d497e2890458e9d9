/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a queue, in this order: handlers take no more and finish; submits under way are accepted; what callers still
 * wait for fails; the connection closes; the threads end.
 *
 * <p>As long as handlers run, submits are still taken, because those handlers may need them to finish.
 */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Loop loop;
  private final Hosts hosts;
  private final Submitter submitter;
  private final Handlers handlers;
  private final Supplier<Future<Void>> last;
  private final Promise<Void> done = Promise.promise();

  /** Any thread begins. */
  private final AtomicBoolean begun = new AtomicBoolean();

  private final AtomicBoolean askedWithoutWaiting = new AtomicBoolean();

  /** Written by the loop, read by callers. */
  private volatile boolean handlersGone;

  /**
   * Prepares the end.
   *
   * @param last frees what is left when everything on the loop is done
   */
  Closing(
      Loop loop, Hosts hosts, Submitter submitter, Handlers handlers, Supplier<Future<Void>> last) {
    this.loop = loop;
    this.hosts = hosts;
    this.submitter = submitter;
    this.handlers = handlers;
    this.last = last;
  }

  boolean isClosed() {
    return begun.get();
  }

  boolean refusesSubmits() {
    return handlersGone || (begun.get() && !handlers.any());
  }

  boolean firstAskedWithoutWaiting() {
    return askedWithoutWaiting.compareAndSet(false, true);
  }

  Future<Void> begin() {
    if (begun.compareAndSet(false, true)) {
      loop.execute(new LoopTask() {
        @Override
        void runOnLoop() {
          closeOnLoop();
        }

        @Override
        void loopEnded() { // the caller's Vert.x was closed before; its loop takes nothing with it
          // that we could free
          submitter.close();
          done.tryComplete();
        }
      });
    }
    return done.future();
  }

  private void closeOnLoop() {
    handlers
        .close()
        .transform(ignored -> {
          handlersGone = true;
          return withinDrainTimeout(submitter.whenNothingUnaccepted());
        })
        .transform(ignored -> {
          submitter.close();
          return hosts.close();
        })
        .transform(ignored -> {
          submitter.wheel().stop();
          submitter.listeners().tell(l -> l.closed());
          return last.get();
        })
        .onComplete(result -> {
          if (result.failed()) {
            LOG.warn("Something of the queue could not be freed", result.cause());
          }
          done.tryComplete();
        });
  }

  private Future<Void> withinDrainTimeout(Future<Void> wait) {
    Promise<Void> limited = Promise.promise();
    long timer = loop.context()
        .setTimer(Math.max(1, handlers.drainTimeout().toMillis()), id -> limited.tryComplete());
    wait.onComplete(ignored -> {
      loop.context().owner().cancelTimer(timer);
      limited.tryComplete();
    });
    return limited.future();
  }
}
