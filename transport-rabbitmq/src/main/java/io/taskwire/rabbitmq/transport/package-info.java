/* SPDX-License-Identifier: Apache-2.0 */
/** Tasks over RabbitMQ: URIs {@code amqp://host:5672/vhost}, compatible with aioqueue. */
package io.taskwire.rabbitmq.transport;
