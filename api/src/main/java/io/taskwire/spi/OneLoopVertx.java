/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Makes the Vert.x instance of who is given none: a queue, a client library or an embedded server. */
public final class OneLoopVertx {

  private OneLoopVertx() {}

  /**
   * Creates an instance with one event loop, as few other threads as Vert.x allows, and nothing on disk.
   *
   * @return an instance that the caller must close
   */
  public static Vertx create() {
    return Vertx.vertx(new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setPreferNativeTransport(true)
        .setFileSystemOptions(new FileSystemOptions()
            .setFileCachingEnabled(false)
            .setClassPathResolvingEnabled(false)));
  }
}
