/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/**
 * Something to ask the broker, in amqp-client's blocking way; runs on a thread of the connection.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface ChannelCall<T> {

  /** Asks; an error that closes the channel is reported to who asked. */
  T on(Channel channel) throws IOException;
}
