/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

/**
 * What a queue has, as {@code queue.declare} tells (AMQP 0-9-1, section 1.7.2.1).
 *
 * @param name the queue
 * @param ready messages that wait for a consumer; those that consumers hold are not counted
 * @param consumers how many consume it
 */
public record QueueStats(String name, long ready, long consumers) {}
