/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Submits jobs from a source, as many at a time as may be open. */
final class JobFeed implements JobWatcher {

  private final Iterator<JobRequest> source;
  private final int maxOpen;
  private final Function<JobRequest, ClientJob> submit;
  private final Handler<GearmanJob> ended;
  private final Promise<Void> done = Promise.promise();
  private @Nullable Throwable failure;
  private boolean exhausted;
  private boolean feeding;
  private int open;

  private JobFeed(
      Iterator<JobRequest> source,
      int maxOpen,
      Function<JobRequest, ClientJob> submit,
      Handler<GearmanJob> ended) {
    this.source = source;
    this.maxOpen = maxOpen;
    this.submit = submit;
    this.ended = ended;
  }

  /** Begins on the loop. */
  static Future<Void> begin(
      Iterable<JobRequest> requests,
      int maxOpen,
      Function<JobRequest, ClientJob> submit,
      Handler<GearmanJob> ended) {
    JobFeed feed = new JobFeed(requests.iterator(), maxOpen, submit, ended);
    feed.feed();
    return feed.done.future();
  }

  private void feed() {
    if (feeding) {
      return;
    }
    feeding = true;
    while (failure == null && !exhausted && open < maxOpen) {
      try {
        if (source.hasNext()) {
          JobRequest next = source.next();
          open++;
          take(submit.apply(next));
        } else {
          exhausted = true;
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    feeding = false;
    finishIfDone();
  }

  private void take(ClientJob job) {
    if (job.isDone()) {
      hand(job);
    } else {
      job.watch(this);
    }
  }

  @Override
  public void changed(ClientJob job) {
    if (job.isDone()) {
      job.unwatch(this);
      hand(job);
      feed();
    }
  }

  private void hand(ClientJob job) {
    open--;
    if (job.state() == JobState.REFUSED && job.cause() instanceof GearmanClosedException closed) {
      failure = closed;
    }
    try {
      ended.handle(job);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void finishIfDone() {
    if (open == 0 && failure != null) {
      done.tryFail(failure);
    } else if (open == 0 && exhausted) {
      done.tryComplete();
    }
  }
}
