/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection for several functions, where there would be too many. A grab cannot name a function, and a server serves the
 * one it was told of last first: so as many jobs are held as all functions together may work on, and those of a function that
 * has its number wait here while they count as running at the server.
 */
public final class SharedLoop implements JobReceiver {

  private final JobSlots slots = new JobSlots(0);
  private final GrabLoop loop = new GrabLoop("several functions", new GrabJobUniq(), slots, this);
  private final Map<String, Share> shares = new HashMap<>();
  private final Future<Void> opened;
  private final Runnable gone;

  /**
   * Begins to connect.
   *
   * @param gone told when the connection is closed, and nothing can be added any more
   */
  public SharedLoop(GearmanConnector connector, HostPort host, Runnable gone) {
    this.gone = gone;
    this.opened = loop.open(connector, host, List.of()).onFailure(cause -> gone.run());
  }

  /**
   * Takes the jobs of one more function.
   *
   * @param concurrency how many of them are at work at once
   * @param receiver gets them
   * @return its share, when the server knows
   */
  public Future<JobSource> add(String function, int concurrency, JobReceiver receiver) {
    Share share = new Share(this, function, concurrency, receiver);
    return opened.compose(open -> {
      shares.put(function, share);
      loop.send(new CanDo(function));
      return loop.barrier().map(known -> {
        slots.resize(slots.total() + concurrency);
        loop.look();
        return (JobSource) share;
      });
    });
  }

  /** Closes the connection at once. */
  public Future<Void> close() {
    return loop.close();
  }

  GrabLoop loop() {
    return loop;
  }

  /** A share has ended: its slots are nobody's. Tells whether it was the last. */
  boolean removed(Share share) {
    shares.remove(share.function());
    slots.resize(Math.max(0, slots.total() - share.concurrency()));
    return shares.isEmpty();
  }

  @Override
  public void assigned(AssignedJob job) {
    Share share = shares.get(job.function());
    if (share == null) { // on its way when the function was given up, which gave the job back
      loop.settled();
    } else {
      share.assigned(job);
    }
  }

  @Override
  public void oversized(AssignedJob job, long payloadLength) {
    Share share = shares.get(job.function());
    if (share == null) {
      loop.settled();
    } else {
      share.oversized(job, payloadLength);
    }
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    shares.values().forEach(share -> share.receiver().unaskedError(error));
  }

  @Override
  public void closed(Throwable cause, boolean expected) {
    List<Share> last = new ArrayList<>(shares.values());
    shares.clear();
    gone.run();
    last.forEach(share -> share.closed(cause));
  }
}
