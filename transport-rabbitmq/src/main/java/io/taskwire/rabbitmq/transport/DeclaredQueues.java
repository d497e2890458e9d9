/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import com.rabbitmq.client.BuiltinExchangeType;
import io.taskwire.rabbitmq.codec.DelayQueue;
import io.taskwire.rabbitmq.codec.QueueNames;
import io.taskwire.rabbitmq.connection.AmqpConnection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a session has declared at its broker, and so need not declare again. */
final class DeclaredQueues {

  /** Names are few; should somebody make them up one by one, it begins again. */
  private static final int MOST_KNOWN = 10_000;

  /** A queue of delayed messages expires if nobody declares it for twice its delay and ten minutes. */
  private static final Duration DELAY_QUEUES_FRESH = Duration.ofMinutes(5);

  private final AmqpConnection connection;
  private final RabbitmqTransport transport;
  private final Set<String> tasks = new HashSet<>();
  private final Map<DelayQueue, Long> delays = new HashMap<>();

  DeclaredQueues(AmqpConnection connection, RabbitmqTransport transport) {
    this.connection = connection;
    this.transport = transport;
  }

  boolean hasTask(String taskName) {
    return tasks.contains(taskName);
  }

  /** It is not there any more. */
  void forgetTask(String taskName) {
    tasks.remove(taskName);
  }

  /** Declares the queue of a task, and what its dead letters need; fails with a {@link QueueRefusedException}. */
  Future<Void> task(String taskName) {
    if (tasks.contains(taskName)) {
      return Future.succeededFuture();
    }
    QueueSettings settings = transport.settings();
    QueueDeclaration declaration = settings.declaration(taskName);
    return connection
        .ask(channel -> {
          if (settings.declare() == DeclareMode.PASSIVE) {
            return channel.queueDeclarePassive(taskName);
          }
          if (settings.deadLetterQueue()) {
            QueueDeclaration.PLAIN.declare(channel, QueueNames.ofDead(taskName));
          }
          return declaration.declare(channel, taskName);
        })
        .recover(cause -> Future.failedFuture(
            QueueRefusedException.of(taskName, declaration, transport.user(), cause)))
        .map(declared -> {
          if (tasks.size() >= MOST_KNOWN) {
            tasks.clear();
          }
          tasks.add(taskName);
          return null;
        });
  }

  boolean hasDelay(DelayQueue queue) {
    Long declaredAt = delays.get(queue);
    return declaredAt != null && System.nanoTime() - declaredAt < DELAY_QUEUES_FRESH.toNanos();
  }

  /** Declares what keeps messages back for a time. */
  Future<Void> delay(DelayQueue queue) {
    if (hasDelay(queue)) {
      return Future.succeededFuture();
    }
    long now = System.nanoTime();
    QueueDeclaration declaration = QueueDeclaration.durable(queue.arguments());
    return connection
        .ask(channel -> {
          channel.exchangeDeclare(queue.name(), BuiltinExchangeType.FANOUT, true);
          declaration.declare(channel, queue.name());
          return channel.queueBind(queue.name(), queue.name(), "");
        })
        .recover(cause -> Future.failedFuture(
            QueueRefusedException.of(queue.name(), declaration, transport.user(), cause)))
        .map(declared -> {
          if (delays.size() >= MOST_KNOWN) {
            delays.clear();
          }
          delays.put(queue, now);
          return null;
        });
  }
}
