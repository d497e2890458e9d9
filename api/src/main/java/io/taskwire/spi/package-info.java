/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What transports implement and the queue relies on: the contract between Taskwire and a broker.
 *
 * <p>Threads: a {@link io.taskwire.spi.Transport} and everything made from it belong to one event loop, that of the
 * {@link io.taskwire.spi.TransportContext#context() context} it is created with. The queue calls them there only, and
 * they call back there only. So nothing in a transport needs a lock. (What a transport shares between queues of one JVM
 * is its own affair.)
 */
package io.taskwire.spi;
