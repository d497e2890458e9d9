/* SPDX-License-Identifier: Apache-2.0 */
/** RabbitMQ: the task transport, compatible with aioqueue, and an admin. */
@org.jspecify.annotations.NullMarked
module io.taskwire.rabbitmq {
  requires static transitive org.jspecify;
  requires transitive io.taskwire;
  requires transitive io.vertx.core;
  requires com.rabbitmq.client;
  requires io.netty.transport;
  requires org.slf4j;

  provides io.taskwire.spi.TransportProvider with
      io.taskwire.rabbitmq.transport.RabbitmqTransportProvider;

  exports io.taskwire.rabbitmq;
}
