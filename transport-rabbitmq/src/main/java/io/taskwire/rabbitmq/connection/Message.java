/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;

/**
 * What is published.
 *
 * @param exchange empty for the default exchange
 * @param routingKey the queue's name at the default exchange
 * @param properties belong to the channel from now on, which sets the message id
 * @param body not copied; must not be changed any more
 */
public record Message(
    String exchange, String routingKey, AMQP.BasicProperties.Builder properties, byte[] body) {}
