/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import io.taskwire.rabbitmq.admin.OpenAdmin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Looks after the queues of one virtual host: how many messages wait in them, who consumes them, and what is to become of
 * them. A queue has the name of its task.
 *
 * <p>Its URI is the one of a task queue, {@code amqp://user:password@host:5672/virtual-host} or {@code amqps:}, and may have
 * the options {@code username}, {@code password}, {@code heartbeat}, {@code connectTimeout}, {@code management}, and with
 * {@code amqps:} {@code ca}, {@code cert}, {@code key} and {@code verify}. {@code management} is the URL of the management
 * plugin, which only {@link #queues()} needs: by default {@code http://host:15672}, and {@code https://host:15671} with {@code
 * amqps:}, so that the password is never sent in the clear there.
 *
 * <p>Its connection is opened by the first command, and again by the next one after it was lost. Methods may be called from any
 * thread; futures complete on the caller's Vert.x context, or on a thread of the admin, which must not be blocked.
 *
 * <p>Each future fails with
 *
 * <ul>
 *   <li>{@link RabbitmqRefusedException} if the broker refuses, as for a queue that is not there;
 *   <li>{@link RabbitmqConnectionException} if the broker cannot be connected, refuses the user, says nothing for 20 s, or the
 *       connection is lost before the answer;
 *   <li>{@link RabbitmqManagementException} if the management plugin cannot be asked;
 *   <li>{@link RabbitmqClosedException} if the admin is closed.
 * </ul>
 */
public interface RabbitmqAdmin extends AutoCloseable {

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param uri the broker, as in {@code amqp://localhost/orders}
   * @return the admin, to be closed
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one broker
   */
  static RabbitmqAdmin open(String uri) {
    return OpenAdmin.open(null, uri);
  }

  /**
   * Makes an admin with a connection of its own on an event loop of the instance given. Returns at once; the first command
   * connects.
   *
   * @param vertx the instance, which is never closed here
   * @param uri the broker
   * @return the admin, to be closed
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one broker
   */
  static RabbitmqAdmin open(Vertx vertx, String uri) {
    return OpenAdmin.open(vertx, uri);
  }

  /**
   * Gives the broker that is looked after.
   *
   * @return host and port, as in {@code localhost:5672}
   */
  String server();

  /**
   * {@code queue.declare}, passive: what a queue has.
   *
   * @param name the queue
   * @return the numbers
   */
  Future<QueueStats> queue(String name);

  /**
   * {@code queue.declare}, passive, for each of some queues.
   *
   * @param names the queues
   * @return in the same order; fails if one of them is not there
   */
  Future<List<QueueStats>> queues(List<String> names);

  /**
   * Asks the management plugin which queues there are, and the broker itself what each of them has, since the plugin's numbers
   * are seconds old. Its user needs the tag {@code management}.
   *
   * @return by name, without those that are gone before they are asked about, and those that belong to one connection alone
   */
  Future<List<QueueStats>> queues();

  /**
   * {@code queue.purge}: deletes the messages of a queue that wait. Those that consumers hold are left to them.
   *
   * @param name the queue
   * @return their number
   */
  Future<Long> purge(String name);

  /**
   * {@code queue.delete}: deletes a queue and its messages, also those that consumers hold; consumers are cancelled.
   *
   * @param name the queue
   * @param ifUnused true to refuse that while it has consumers
   * @param ifEmpty true to refuse that while messages wait in it
   * @return the number of messages that waited
   */
  Future<Long> delete(String name, boolean ifUnused, boolean ifEmpty);

  /**
   * Closes this admin, not the broker: commands without an answer fail. Further calls do nothing.
   *
   * @return completes when the connection is closed and the threads are free; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless it is called on an event loop. */
  @Override
  void close();
}
