/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tasks and replies as AMQP 0-9-1 content, in the manner of aioqueue, for whoever speaks it: bytes and values, no socket, no
 * clock, no thread.
 *
 * <p>{@link io.taskwire.rabbitmq.codec.RequestEncoder} writes what {@link io.taskwire.rabbitmq.codec.TaskRequest} reads,
 * {@link io.taskwire.rabbitmq.codec.ReplyEncoder} what {@link io.taskwire.rabbitmq.codec.TaskReply} reads. Nothing that was
 * read is trusted. Source: docs/WIRE.md, "RabbitMQ".
 */
package io.taskwire.rabbitmq.codec;
