/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire on memory: the embedded transport, and the reference of what each feature means. */
@org.jspecify.annotations.NullMarked
module io.taskwire.memory {
  requires static org.jspecify;
  requires transitive io.taskwire;
  requires org.slf4j;

  exports io.taskwire.memory;

  provides io.taskwire.spi.TransportProvider with
      io.taskwire.memory.MemoryTransportProvider;
}
