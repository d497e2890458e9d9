/* SPDX-License-Identifier: Apache-2.0 */
/** The API of Taskwire, and the SPI of its transports and serializers. */
@org.jspecify.annotations.NullMarked
module io.taskwire {
  requires static transitive org.jspecify;
  requires transitive io.vertx.core;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.retry;
  requires org.slf4j;

  exports io.taskwire;
  exports io.taskwire.spi;

  uses io.taskwire.Serializer;
  uses io.taskwire.spi.TransportProvider;
}
