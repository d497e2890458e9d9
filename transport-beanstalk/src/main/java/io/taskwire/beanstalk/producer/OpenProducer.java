/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.producer;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.BeanstalkServerStatus;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.PutReport;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnector;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.ServerLink;
import io.taskwire.beanstalk.connection.ServerLinks;
import io.taskwire.beanstalk.connection.ServerUser;
import io.taskwire.beanstalk.connection.TimeLimit;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The producer: the way onto the event loop for what users call, and back for what servers do. */
public final class OpenProducer implements BeanstalkProducer, ServerUser<PutConnection> {

  /** How long closing waits for answers to what was sent. */
  private static final long LAST_ANSWERS_MILLIS = 5_000;

  private final EventLoop loop;
  private final BeanstalkOptions options;
  private final BeanstalkConnector connector;
  private final ServerLinks<PutConnection> links;
  private final Puts puts;

  private OpenProducer(EventLoop loop, BeanstalkOptions options) {
    this.loop = loop;
    this.options = options;
    connector = new BeanstalkConnector(loop.context(), options);
    links = new ServerLinks<>(loop, options, this);
    puts = new Puts(options, links);
  }

  /**
   * Opens a producer.
   *
   * @param vertx the caller's instance, null to make one
   * @param options servers and limits
   * @return the producer, connecting
   */
  public static OpenProducer open(@Nullable Vertx vertx, BeanstalkOptions options) {
    EventLoop loop = EventLoop.of(vertx, OpenProducer::closedHere);
    OpenProducer producer;
    try {
      producer = new OpenProducer(loop, options);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(producer::end);
    loop.run(producer.links::start);
    return producer;
  }

  private static BeanstalkClosedException closedHere() {
    return new BeanstalkClosedException("the producer is closed", false, null);
  }

  @Override
  public Future<Void> connected() {
    return loop.call(() -> links.anyConnected(options.requestTimeout()));
  }

  @Override
  public List<BeanstalkServerStatus> servers() {
    return links.statuses();
  }

  @Override
  public Future<PlacedJob> put(Tube tube, Buffer body, PutOptions how) {
    Promise<PlacedJob> placed = loop.promise();
    PendingPut put = new PendingPut(
        Objects.requireNonNull(tube, "tube"),
        Objects.requireNonNull(body, "body"),
        Objects.requireNonNull(how, "options"),
        placed);
    loop.run(() -> puts.submit(put), () -> placed.fail(closedHere()));
    return placed.future();
  }

  @Override
  public Future<PutReport> putAll(Tube tube, Collection<Buffer> bodies, PutOptions how) {
    List<Buffer> all = List.copyOf(bodies);
    return loop.call(() -> new PutBatch(puts, tube, all, how).start());
  }

  @Override
  public Future<PutConnection> connect(HostPort host) {
    return connector.open(host).map(connection -> {
      connection.onRelieved(puts::dispatch);
      return new PutConnection(connection);
    });
  }

  @Override
  public Future<Void> close(PutConnection connection) {
    return connection.connection().close();
  }

  @Override
  public Future<Throwable> ended(PutConnection connection) {
    return connection.connection().closed();
  }

  @Override
  public void connected(ServerLink<PutConnection> link) {
    puts.connected();
  }

  @Override
  public void notConnected() {
    puts.dispatch();
  }

  /** Ends all but the loop; on the loop, once. */
  private Future<Void> end() {
    // When the Vert.x instance is being closed, its sockets go too and no answer comes any more.
    Future<Void> answered = puts.close();
    Future<Void> last = loop.isEnding()
        ? Future.succeededFuture()
        : TimeLimit.of(loop.vertx(), LAST_ANSWERS_MILLIS, answered).otherwiseEmpty();
    return last.transform(ignored -> links.close())
        .transform(ignored -> connector.close())
        .transform(ignored -> Future.succeededFuture());
  }

  @Override
  public Future<Void> shutdown() {
    return loop.close();
  }

  @Override
  public void close() {
    loop.closeAndWait();
  }
}
