/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.TaskTube;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.JobReceiver;
import io.taskwire.beanstalk.connection.JobSlots;
import io.taskwire.beanstalk.connection.LoopSettings;
import io.taskwire.beanstalk.connection.ReserveLoop;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Settled;
import io.taskwire.spi.SharedByHosts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker for the tasks of one name, and so for one tube. */
final class TubeConsumer implements Consumer, JobReceiver {

  private static final Logger log = LoggerFactory.getLogger(TubeConsumer.class);

  private final BeanstalkSession session;
  private final ConsumerSpec spec;
  private final ConsumerListener listener;
  private final ReserveLoop loop;
  private final ReplySender replies;
  private final RedeliveryCheck redelivery = new RedeliveryCheck();

  private boolean stopped;

  private TubeConsumer(
      BeanstalkSession session, ConsumerSpec spec, ConsumerListener listener, Tube tube) {
    this.session = session;
    this.spec = spec;
    this.listener = listener;
    BeanstalkTransport transport = session.transport();
    this.loop = new ReserveLoop(
        transport.context().vertx(), transport, LoopSettings.of(tube), slots(spec), this);
    this.replies = new ReplySender(
        transport.context().context(),
        Seconds.within(transport.context().settings().get(TransportOptions.TTR)),
        session.broker().maxJobSize());
  }

  /** The slots, which the consumers of the same handler at other hosts take from, too. */
  private static JobSlots slots(ConsumerSpec spec) {
    SharedByHosts shared = spec.shared();
    return shared == null
        ? new JobSlots(spec.concurrency())
        : shared.get(JobSlots.class, () -> new JobSlots(spec.concurrency()));
  }

  /** Completes when the broker has answered that the first connection watches the tube. */
  static Future<TubeConsumer> start(
      BeanstalkSession session, ConsumerSpec spec, ConsumerListener listener) {
    Tube tube;
    try {
      tube = TaskTube.of(spec.taskName());
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new BrokerConnectException(
          "no tube for task \"" + spec.taskName() + "\": " + e.getMessage(), false, e));
    }
    TubeConsumer consumer = new TubeConsumer(session, spec, listener, tube);
    session.add(consumer);
    return consumer.loop.open().map(consumer).onFailure(cause -> session.remove(consumer));
  }

  String taskName() {
    return spec.taskName();
  }

  int maxAttempts() {
    return spec.maxAttempts();
  }

  Vertx vertx() {
    return session.transport().context().vertx();
  }

  /** Puts a reply that this host has refused at another; tells whether one has taken it. */
  Future<Boolean> replyElsewhere(Tube tube, Buffer reply) {
    BeanstalkTransport transport = session.transport();
    return transport.hosts().putElsewhere(transport, tube, replies.ttrSeconds(), reply);
  }

  ReplySender replies() {
    return replies;
  }

  @Override
  public void reserved(ReservedJob reserved) {
    HeldJob job = new HeldJob(this, reserved, Envelope.open(spec.envelope(), reserved.body()));
    if (job.payload().length() > session.transport().context().maxPayload()) {
      tooLarge(job, job.payload().length());
      return;
    }
    boolean perhapsAgain = redelivery.wanted(reserved.id());
    if (perhapsAgain || MillisHeader.of(job.headers(), Headers.DEADLINE) >= 0) {
      Future<Settled> unused = job.withStats(stats -> {
        if (perhapsAgain) {
          redelivery.reserved(stats.reserves());
        }
        return checked(job, stats);
      });
    } else {
      listener.deliver(job);
    }
  }

  private Future<Settled> checked(HeldJob job, JobStats stats) {
    if (stats.reserves() > spec.maxAttempts()) {
      String text = "delivered " + (stats.reserves() - 1)
          + " times and never settled, maxAttempts is " + spec.maxAttempts();
      log.error("task {} ({}) was {}: set aside", spec.taskName(), job.id(), text);
      return job.deadLetter(new Failure(FailureCode.REJECTED, "", text, null));
    }
    if (stopped) {
      return job.giveBack();
    }
    long deadline = MillisHeader.of(job.headers(), Headers.DEADLINE);
    if (deadline >= 0 && stats.age().toMillis() >= deadline) {
      log.debug("task {} ({}) is not begun, its deadline has passed", spec.taskName(), job.id());
      return job.fail(Failure.deadlinePassed());
    }
    listener.deliver(job);
    return Future.succeededFuture(Settled.DONE);
  }

  @Override
  public void oversized(ReservedJob job, long length) {
    // The headers are in what was kept of its body, and say whom to tell.
    tooLarge(new HeldJob(this, job, Envelope.open(spec.envelope(), job.body())), length);
  }

  private void tooLarge(HeldJob job, long length) {
    String text = "the payload has " + length + " bytes, more than this worker's maxPayload";
    log.error("task {} ({}): {}; set aside", spec.taskName(), job.id(), text);
    Future<Settled> unused = job.deadLetter(new Failure(FailureCode.TOO_LARGE, "", text, null));
  }

  @Override
  public void tubeEmpty() {
    redelivery.tubeEmpty();
  }

  @Override
  public void pause() {
    stopped = true;
    loop.pause();
  }

  @Override
  public void resume() {
    stopped = false;
    loop.resume();
  }

  @Override
  public Future<Void> drain() {
    stopped = true;
    return loop.drain().onComplete(done -> session.remove(this));
  }

  @Override
  public Future<Void> close() {
    session.remove(this);
    return loop.close();
  }

  /** The session is lost, and its consumers with it. */
  void lose(Throwable cause) {
    loop.fail(cause);
  }

  @Override
  public void lost(Throwable cause) {
    session.remove(this);
    listener.lost(cause);
  }
}
