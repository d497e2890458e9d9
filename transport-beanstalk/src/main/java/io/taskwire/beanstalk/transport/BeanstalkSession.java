/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.Support;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.TimeLimit;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The live connections of a queue: one submits and asks, one reads replies as soon as the first result is wanted, and each
 * consumer has its own. The session is lost when one of the first two is.
 */
final class BeanstalkSession implements Session {

  private static final long CLOSE_LIMIT_MILLIS = 3000;

  private final BeanstalkTransport transport;
  private final BeanstalkConnection connection;
  private final BrokerFacts broker;
  private final SessionListener listener;
  private final PutConnection puts;
  private final Submitter submitter;
  private final Janitor janitor;
  private final Set<TubeConsumer> consumers = new LinkedHashSet<>();

  private @Nullable Future<Void> replies;
  private @Nullable BeanstalkConnection replyConnection;
  private boolean handedOut;
  private boolean ended;

  BeanstalkSession(
      BeanstalkTransport transport,
      BeanstalkConnection connection,
      BrokerFacts broker,
      SessionListener listener) {
    this.transport = transport;
    this.connection = connection;
    this.broker = broker;
    this.listener = listener;
    this.puts = new PutConnection(connection);
    this.submitter = new Submitter(transport, this, puts);
    this.janitor = new Janitor(
        transport.context().vertx(),
        puts,
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble());
    connection.onRelieved(listener::writable);
    connection.closed().onSuccess(this::lose);
  }

  /** From now on the queue has this session, and is told of its loss. */
  BeanstalkSession handOut() {
    handedOut = true;
    janitor.start();
    return this;
  }

  BrokerFacts broker() {
    return broker;
  }

  BeanstalkTransport transport() {
    return transport;
  }

  @Override
  public Capabilities capabilities() {
    Capabilities all = BeanstalkTransportProvider.CAPABILITIES;
    if (!broker.binlog()) {
      all = all.with(Feature.PERSISTENCE, Support.NONE);
    }
    if (transport.context().envelope() == EnvelopeMode.NEVER) {
      // Headers travel in an envelope, and so does the address of a reply.
      for (Feature feature : BeanstalkTransportProvider.ENVELOPED) {
        all = all.with(feature, Support.NONE);
      }
    }
    return all;
  }

  @Override
  public void submit(Submission submission, SubmitListener submitListener) {
    submitter.submit(submission, submitListener);
  }

  @Override
  public boolean isWritable() {
    return connection.writable();
  }

  /** Begins to read the reply tube, once; a failure costs the session. */
  Future<Void> readReplies() {
    Future<Void> begun = replies;
    if (begun == null) {
      begun = transport.open().compose(this::readReplies);
      replies = begun;
      begun.onFailure(this::lose);
      transport.watchReplies();
    }
    return begun;
  }

  private Future<Void> readReplies(BeanstalkConnection opened) {
    if (ended) {
      return opened.close().compose(v -> Future.failedFuture(transport.notConnected()));
    }
    replyConnection = opened;
    opened.closed().onSuccess(this::lose);
    return replyTubes(opened)
        .compose(tubes -> ReplyReader.start(
            opened, tubes, transport.results(), transport.hosts(), listener, this::ask))
        .mapEmpty();
  }

  /** A caller with a name also reads what it left in a life that kept its results for another time. */
  private Future<Set<Tube>> replyTubes(BeanstalkConnection opened) {
    Set<Tube> tubes = new LinkedHashSet<>(Set.of(transport.replyTube()));
    if (!transport.isDurable()) {
      return Future.succeededFuture(tubes);
    }
    return opened.send(new Command.ListTubes()).map(reply -> {
      if (reply instanceof Reply.Ok ok) {
        StatsText.list(ok.body()).stream()
            .filter(name -> ReplyTube.isOfClient(name, transport.clientId()))
            .map(Tube::of)
            .forEach(tubes::add);
      }
      return tubes;
    });
  }

  @Override
  public Future<Consumer> consume(ConsumerSpec spec, ConsumerListener consumerListener) {
    return ended
        ? Future.failedFuture(transport.notConnected())
        : TubeConsumer.start(this, spec, consumerListener).map(consumer -> consumer);
  }

  /** Puts a reply here that another host has refused, if its caller is here; tells whether the broker has taken it. */
  Future<Boolean> putIfWatched(Tube tube, long ttrSeconds, Buffer reply) {
    return ask(new Command.StatsTube(tube)).compose(stats -> {
      if (!(stats instanceof Reply.Ok ok) || !isWatched(ok)) {
        return Future.succeededFuture(false);
      }
      Future<Reply> put = puts.put(tube, Priorities.REPLY, 0, ttrSeconds, reply);
      // A tube in use does not vanish.
      puts.use(Tube.DEFAULT);
      return put.map(answer -> {
        if (answer instanceof Reply.InsertedBuried buried) {
          Future<Reply> unused = ask(new Command.Delete(buried.id()));
        }
        return answer instanceof Reply.Inserted;
      });
    });
  }

  private static boolean isWatched(Reply.Ok stats) {
    return !"0".equals(StatsText.map(stats.body()).getOrDefault("current-watching", "0"));
  }

  void add(TubeConsumer consumer) {
    consumers.add(consumer);
  }

  void remove(TubeConsumer consumer) {
    consumers.remove(consumer);
  }

  @Override
  public Future<Void> ping() {
    return connection.send(new Command.ListTubeUsed()).mapEmpty();
  }

  Future<Reply> ask(Command command) {
    return connection.send(command);
  }

  @Override
  public Future<Void> close() {
    if (ended) {
      return Future.succeededFuture();
    }
    // What was written before is taken when the broker answers what is written last.
    return TimeLimit.of(transport.context().vertx(), CLOSE_LIMIT_MILLIS, ping())
        .transform(fence -> {
          ended = true;
          return closeAll();
        });
  }

  /** Ends a session that nobody was given. */
  void abort() {
    ended = true;
    Future<Void> unused = closeAll();
  }

  private Future<Void> closeAll() {
    transport.ended(this);
    janitor.stop();
    List<Future<Void>> closing = new ArrayList<>();
    for (TubeConsumer consumer : new ArrayList<>(consumers)) {
      closing.add(consumer.close());
    }
    if (replyConnection != null) {
      closing.add(replyConnection.close());
    }
    closing.add(connection.close());
    return Future.join(closing).otherwiseEmpty().mapEmpty();
  }

  private void lose(Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    for (TubeConsumer consumer : new ArrayList<>(consumers)) {
      consumer.lose(cause);
    }
    // Fails the submits without an answer, before the session's listener hears of its loss.
    Future<Void> unused = closeAll();
    if (handedOut) {
      listener.lost(cause);
    }
  }
}
