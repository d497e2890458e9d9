/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where those that serve several hosts for one queue find each other: its transports ({@link TransportContext#shared}), or the
 * consumers of one handler, whose {@link ConsumerSpec#concurrency} counts over all of them together. How that is done fairly
 * depends on how a transport asks for tasks, so what they share is the transport's own object, of which this keeps the only
 * one. Belongs to the queue's event loop.
 */
public final class SharedByHosts {

  private @Nullable Object shared;

  /** Creates it for one queue, or for one handler. */
  public SharedByHosts() {}

  /**
   * Gives what is shared.
   *
   * @param type its class, the same at each call
   * @param maker makes it, at the first call
   * @return always the same object
   * @param <T> its class
   */
  public <T> T get(Class<T> type, Supplier<T> maker) {
    if (shared == null) {
      shared = maker.get();
    }
    return type.cast(shared);
  }
}
