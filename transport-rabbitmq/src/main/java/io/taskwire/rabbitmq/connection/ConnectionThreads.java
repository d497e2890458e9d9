/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Makes the threads of one connection, its own and those of amqp-client, and knows when the last of them has ended. */
final class ConnectionThreads implements ThreadFactory {

  private final String name;

  // Any thread of the connection, and the event loop.
  private final Object lock = new Object();
  private int alive;
  private @Nullable Runnable whenNone;

  ConnectionThreads(String broker) {
    name = "taskwire-rabbitmq-" + broker;
  }

  @Override
  public Thread newThread(Runnable work) {
    synchronized (lock) {
      alive++;
    }
    Thread thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
    return thread;
  }

  private void run(Runnable work) {
    // Here, because amqp-client gives its threads names of its own before it starts them.
    Thread.currentThread().setName(name);
    try {
      work.run();
    } finally {
      ended();
    }
  }

  private void ended() {
    Runnable tell = null;
    synchronized (lock) {
      alive--;
      if (alive == 0) {
        tell = whenNone;
        whenNone = null;
      }
    }
    if (tell != null) {
      tell.run();
    }
  }

  /** Tells, on the last thread or at once on the calling one, that there is none any more; none may be made after that. */
  void whenNone(Runnable told) {
    synchronized (lock) {
      if (alive > 0) {
        whenNone = told;
        return;
      }
    }
    told.run();
  }
}
