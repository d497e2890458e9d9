/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One connection to a RabbitMQ on com.rabbitmq:amqp-client, which blocks: its calls run on a thread of the connection, its
 * callbacks come back to the event loop in batches, and it ends in one way.
 */
package io.taskwire.rabbitmq.connection;
