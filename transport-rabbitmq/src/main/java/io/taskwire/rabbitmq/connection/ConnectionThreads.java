/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of one connection, its own and those of amqp-client, and knows when the last of them has ended. */
final class ConnectionThreads implements ThreadFactory {

  private final String name;

  // Any thread of the connection, and the event loop.
  private final Object lock = new Object();
  private int alive;
  private final List<Runnable> whenNone = new ArrayList<>();

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
    List<Runnable> told = List.of();
    synchronized (lock) {
      alive--;
      if (alive == 0) {
        told = List.copyOf(whenNone);
        whenNone.clear();
      }
    }
    told.forEach(Runnable::run);
  }

  /** Tells, on the last thread or at once on the calling one, that there is none any more; none may be made after that. */
  void whenNone(Runnable told) {
    synchronized (lock) {
      if (alive > 0) {
        whenNone.add(told);
        return;
      }
    }
    told.run();
  }
}
