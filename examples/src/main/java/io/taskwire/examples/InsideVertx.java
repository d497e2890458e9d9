/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/** A queue in an application that has a Vert.x instance of its own. */
public final class InsideVertx {

  /** On an event loop: compose, never wait. */
  static final class Greeter extends VerticleBase {

    private final TaskQueue queue;

    Greeter(TaskQueue queue) {
      this.queue = queue;
    }

    @Override
    public Future<?> start() {
      return queue
          .call("greet", "event loop", String.class)
          .onSuccess(text -> System.out.println(text + ", on " + threadOfContext()));
    }

    private String threadOfContext() {
      return context == Vertx.currentContext() ? "the verticle's own context" : "another context";
    }
  }

  /** On a worker thread: awaiting() waits where Future.await() would refuse. */
  static final class Blocker extends VerticleBase {

    private final TaskQueue queue;

    Blocker(TaskQueue queue) {
      this.queue = queue;
    }

    @Override
    public Future<?> start() {
      String text = queue.awaiting(queue.call("greet", "worker", String.class));
      System.out.println(text);
      return Future.succeededFuture();
    }
  }

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx(); // the application's; a queue never closes it
    try (TaskQueue queue = TaskQueue.open(vertx, QueueOptions.of("memory:"))) {
      queue.on("greet", String.class, name -> "hello " + name);
      queue.start().await();

      vertx.deployVerticle(new Greeter(queue)).await();
      DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
      vertx.deployVerticle(new Blocker(queue), worker).await();
    }
    vertx.close().await();
  }
}
