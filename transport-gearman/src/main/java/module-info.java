/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire over Gearman. */
@org.jspecify.annotations.NullMarked
module io.taskwire.gearman {
  requires static org.jspecify;
  requires transitive io.taskwire;
  requires transitive io.vertx.core;
  requires io.netty.buffer;
  // Reads the common names of certificates.
  requires java.naming;
  requires org.slf4j;

  exports io.taskwire.gearman;

  provides io.taskwire.spi.TransportProvider with
      io.taskwire.gearman.transport.GearmanTransportProvider;
}
