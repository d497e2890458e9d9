/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.admin;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.taskwire.rabbitmq.QueueStats;
import io.taskwire.rabbitmq.RabbitmqAdmin;
import io.taskwire.rabbitmq.RabbitmqClosedException;
import io.taskwire.rabbitmq.RabbitmqException;
import io.taskwire.rabbitmq.RabbitmqRefusedException;
import io.taskwire.rabbitmq.RabbitmqRefusedException.Reason;
import io.taskwire.rabbitmq.connection.ChannelCall;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks over a connection of its own, and the management plugin. */
public final class OpenAdmin implements RabbitmqAdmin {

  /** What may happen to a queue between its listing and the question for its numbers. */
  private static final Set<Reason> PASSED_OVER = Set.of(Reason.NO_SUCH_QUEUE, Reason.LOCKED);

  private final EventLoop loop;
  private final String server;
  private final ConnectionOnDemand connections;
  private final Management management;

  private OpenAdmin(EventLoop loop, AdminOptions options) {
    this.loop = loop;
    server = options.connection().broker();
    connections = new ConnectionOnDemand(loop.context(), options.connection());
    management = new Management(loop.vertx(), options);
  }

  /**
   * Opens an admin.
   *
   * @param vertx the caller's instance, null to make one
   * @param uri the broker
   */
  public static RabbitmqAdmin open(@Nullable Vertx vertx, String uri) {
    EventLoop loop = EventLoop.of(vertx, OpenAdmin::closed);
    OpenAdmin admin;
    try {
      admin = new OpenAdmin(loop, AdminOptions.of(loop.vertx(), uri));
    } catch (RuntimeException e) { // a wrong URI, or a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(admin::end);
    return admin;
  }

  private static RabbitmqClosedException closed() {
    return new RabbitmqClosedException("the admin is closed", null);
  }

  private Future<Void> end() {
    return connections.close().transform(done -> management.close());
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Future<QueueStats> queue(String name) {
    return loop.call(() -> stats(name));
  }

  @Override
  public Future<List<QueueStats>> queues(List<String> names) {
    List<String> copy = List.copyOf(names);
    return loop.call(() -> all(copy, Set.of()));
  }

  @Override
  public Future<List<QueueStats>> queues() {
    return loop.call(() -> management
        .queueNames()
        .recover(cause -> Future.failedFuture(told("list the queues", cause)))
        .compose(names -> all(names, PASSED_OVER)));
  }

  @Override
  public Future<Long> purge(String name) {
    return loop.call(
        () -> ask("purge " + name, channel -> count(channel.queuePurge(name).getMessageCount())));
  }

  @Override
  public Future<Long> delete(String name, boolean ifUnused, boolean ifEmpty) {
    return loop.call(() -> ask("delete " + name, channel -> {
      // Deleting a queue that is not there is success to RabbitMQ, and a wrong name to who asks for
      // it.
      channel.queueDeclarePassive(name);
      return count(channel.queueDelete(name, ifUnused, ifEmpty).getMessageCount());
    }));
  }

  private Future<QueueStats> stats(String name) {
    return ask("show " + name, channel -> stats(channel, name));
  }

  private static QueueStats stats(Channel channel, String name) throws IOException {
    AMQP.Queue.DeclareOk answer = channel.queueDeclarePassive(name);
    return new QueueStats(name, count(answer.getMessageCount()), count(answer.getConsumerCount()));
  }

  /** Both counts are of 32 bits without a sign. */
  private static long count(int count) {
    return Integer.toUnsignedLong(count);
  }

  /** One after the other, without a chain of futures as long as the list. */
  private Future<List<QueueStats>> all(List<String> names, Set<Reason> passedOver) {
    Promise<List<QueueStats>> all = Promise.promise();
    next(names.iterator(), passedOver, new ArrayList<>(), all);
    return all.future();
  }

  private void next(
      Iterator<String> names,
      Set<Reason> passedOver,
      List<QueueStats> found,
      Promise<List<QueueStats>> all) {
    if (!names.hasNext()) {
      all.complete(found);
      return;
    }
    stats(names.next()).onComplete((stats, cause) -> {
      if (stats != null) {
        found.add(stats);
      } else if (!(cause instanceof RabbitmqRefusedException refused
          && passedOver.contains(refused.reason()))) {
        all.fail(cause);
        return;
      }
      next(names, passedOver, found, all);
    });
  }

  private <T> Future<T> ask(String what, ChannelCall<T> call) {
    return connections
        .connection()
        .compose(connection -> connection.ask(call))
        .recover(cause -> Future.failedFuture(told(what + " at " + server, cause)));
  }

  private RabbitmqException told(String asked, Throwable cause) {
    return connections.isClosed()
        ? new RabbitmqClosedException("the admin was closed before the answer", cause)
        : AdminFailures.of(asked, cause);
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
