/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.producer;

import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.PutReport;
import io.taskwire.beanstalk.PutResult;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** Puts of one call; it never has more open than may be in flight, so that it does not fill the line for others. */
final class PutBatch {

  private final Puts puts;
  private final Tube tube;
  private final List<Buffer> bodies;
  private final PutOptions options;
  private final PutResult[] results;
  private final Promise<PutReport> report = Promise.promise();

  private int next;
  private int open;
  private boolean feeding;

  PutBatch(Puts puts, Tube tube, List<Buffer> bodies, PutOptions options) {
    this.puts = puts;
    this.tube = tube;
    this.bodies = bodies;
    this.options = options;
    this.results = new PutResult[bodies.size()];
  }

  Future<PutReport> start() {
    feed();
    return report.future();
  }

  private void feed() {
    if (feeding) {
      return;
    }
    feeding = true;
    while (next < bodies.size() && open < puts.maxInFlight()) {
      int index = next++;
      open++;
      Promise<PlacedJob> placed = Promise.promise();
      placed.future().onComplete(done -> ended(index, done));
      puts.admit(new PendingPut(tube, bodies.get(index), options, placed));
    }
    feeding = false;
    if (open == 0) {
      report.tryComplete(new PutReport(Arrays.asList(results)));
    }
  }

  private void ended(int index, AsyncResult<PlacedJob> done) {
    results[index] = new PutResult(done.result(), done.cause());
    open--;
    feed();
  }
}
