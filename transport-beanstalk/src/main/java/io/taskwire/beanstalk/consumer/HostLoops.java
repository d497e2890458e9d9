/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.consumer;

import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.TubeGroup;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.BeanstalkConnector;
import io.taskwire.beanstalk.connection.ConnectionSource;
import io.taskwire.beanstalk.connection.JobReceiver;
import io.taskwire.beanstalk.connection.JobSlots;
import io.taskwire.beanstalk.connection.LoopSettings;
import io.taskwire.beanstalk.connection.ReserveLoop;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The loops of one server, one for each group of tubes; they are connected together and lost together. */
final class HostLoops implements ConnectionSource, JobReceiver {

  private final BeanstalkConnector connector;
  private final HostPort host;
  private final Ticker leases;
  private final Jobs jobs;
  private final List<ReserveLoop> loops = new ArrayList<>();
  private final Promise<Throwable> ended = Promise.promise();

  HostLoops(
      Vertx vertx,
      BeanstalkConnector connector,
      HostPort host,
      ConsumerOptions options,
      JobSlots slots,
      Jobs jobs) {
    this.connector = connector;
    this.host = host;
    this.leases = ReserveLoop.leaseTicker(connector.context());
    this.jobs = jobs;
    for (TubeGroup group : options.groups()) {
      LoopSettings settings =
          new LoopSettings(group.tubes(), group.weight(), options.keepsLeases());
      loops.add(new ReserveLoop(vertx, this, settings, slots, this));
    }
  }

  /** Completes when all tubes are watched. */
  Future<HostLoops> start() {
    return Future.join(loops.stream().map(ReserveLoop::open).toList()).transform((all, cause) -> {
      Throwable why = ended.future().isComplete() ? ended.future().result() : cause;
      if (why == null) {
        return Future.succeededFuture(this);
      }
      return close().transform(v -> Future.failedFuture(BrokerConnectException.of(broker(), why)));
    });
  }

  /** The end that this side did not want, with the reason. */
  Future<Throwable> ended() {
    return ended.future();
  }

  void pause() {
    loops.forEach(ReserveLoop::pause);
  }

  void resume() {
    loops.forEach(ReserveLoop::resume);
  }

  Future<Void> drain() {
    return each(ReserveLoop::drain);
  }

  Future<Void> close() {
    return each(ReserveLoop::close);
  }

  private Future<Void> each(Function<ReserveLoop, Future<Void>> action) {
    return Future.join(loops.stream().map(action).toList()).mapEmpty();
  }

  @Override
  public Future<BeanstalkConnection> open() {
    return connector.open(host);
  }

  @Override
  public Ticker leases() {
    return leases;
  }

  @Override
  public String broker() {
    return host.toString();
  }

  @Override
  public void reserved(ReservedJob job) {
    jobs.take(job, broker());
  }

  @Override
  public void oversized(ReservedJob job, long length) {
    jobs.refuse(job, broker(), length);
  }

  @Override
  public void tubeEmpty() {
    // The loop waits by itself.
  }

  @Override
  public void lost(Throwable cause) {
    Future<Void> unused = close();
    ended.tryComplete(cause);
  }
}
