/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Has amqp-client call consumers on its reading thread, so that what they are told keeps its order with all else. */
final class ClientExecutor extends AbstractExecutorService {

  @Override
  public void execute(Runnable call) {
    call.run();
  }

  @Override
  public void shutdown() {
    // amqp-client does not close an executor that it was given.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
