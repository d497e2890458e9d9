/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

/** RabbitMQ's kinds of queues. */
enum QueueType {
  CLASSIC,
  QUORUM
}
