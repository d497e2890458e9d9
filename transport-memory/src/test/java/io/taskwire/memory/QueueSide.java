/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.EnvelopeMode;
import io.taskwire.Priority;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Option;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Settings;
import io.taskwire.spi.Submission;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a queue does with its transport, on a real event loop: calls there only, and records what it hears. */
final class QueueSide implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(10);

  final Vertx vertx;
  final Context context;
  final Transport transport;
  final BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
  final BlockingQueue<String> lateReplies = new LinkedBlockingQueue<>();
  Session session;

  private QueueSide(Vertx vertx, String name, Map<Option<?>, String> options) {
    this.vertx = vertx;
    // internal: the public API has no way to make several contexts from one plain thread
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.transport = new MemoryTransportProvider().create(contextFor(name, options));
    this.session = newSession();
  }

  static QueueSide open(Vertx vertx, String name) {
    return open(vertx, name, Map.of());
  }

  static QueueSide open(Vertx vertx, String name, Map<Option<?>, String> options) {
    return new QueueSide(vertx, name, options);
  }

  void connect() {
    session = newSession();
  }

  private Session newSession() {
    return await(() -> transport.connect(new SessionListener() {
      @Override
      public void lost(Throwable cause) {
        requireLoop();
        lost.add(cause);
      }

      @Override
      public void writable() {}

      @Override
      public void lateReply(String taskId) {
        requireLoop();
        lateReplies.add(taskId);
      }
    }));
  }

  void requireLoop() {
    if (!context.isEventLoopContext() || !Context.isOnEventLoopThread()) {
      throw new IllegalStateException("called back on " + Thread.currentThread());
    }
    Context current = Vertx.currentContext();
    if (current != context) {
      throw new IllegalStateException("called back on the context " + current);
    }
  }

  /** Calls on the loop and waits for the call. */
  <T> T call(Supplier<T> what) {
    return await(() -> Future.succeededFuture(what.get()));
  }

  void run(Runnable what) {
    await(() -> {
      what.run();
      return Future.succeededFuture();
    });
  }

  /** Calls on the loop and waits for the future it returns. */
  <T> T await(Supplier<Future<T>> what) {
    return within(start(what));
  }

  static <T> T within(Future<T> future) {
    try {
      return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + LIMIT, e);
    }
  }

  <T> Future<T> start(Supplier<Future<T>> what) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(nothing -> {
      try {
        what.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  /** Submits a task whose result is awaited, and waits until it is accepted. */
  Heard submit(String taskName, String payload) {
    return submit(task(taskName, payload));
  }

  Heard submit(TaskSpec spec) {
    Heard heard = send(spec);
    heard.task();
    return heard;
  }

  /** Submits without waiting for acceptance. */
  Heard send(TaskSpec spec) {
    Heard heard = new Heard(this);
    run(() -> session.submit(spec.build(), heard));
    return heard;
  }

  Worker work(String taskName) {
    return work(taskName, 1);
  }

  Worker work(String taskName, int concurrency) {
    return work(taskName, concurrency, 1_000);
  }

  Worker work(String taskName, int concurrency, int maxAttempts) {
    return new Worker(
        this,
        new ConsumerSpec(taskName, Submission.RAW, concurrency, maxAttempts, EnvelopeMode.AUTO));
  }

  static TaskSpec task(String taskName, String payload) {
    return new TaskSpec(taskName, Buffer.buffer(payload));
  }

  @Override
  public void close() {
    await(session::close);
    await(transport::close);
  }

  /** A submission in the making. */
  static final class TaskSpec {
    private final String name;
    private final Buffer payload;
    private boolean wantsResult = true;
    private Priority priority = Priority.NORMAL;
    private Duration delay = Duration.ZERO;
    private @Nullable String unique;
    private @Nullable Duration deadline;
    private Map<String, String> headers = Map.of();

    TaskSpec(String name, Buffer payload) {
      this.name = name;
      this.payload = payload;
    }

    TaskSpec noResult() {
      wantsResult = false;
      return this;
    }

    TaskSpec priority(Priority value) {
      priority = value;
      return this;
    }

    TaskSpec delay(Duration value) {
      delay = value;
      return this;
    }

    TaskSpec unique(String value) {
      unique = value;
      return this;
    }

    TaskSpec deadline(Duration value) {
      deadline = value;
      return this;
    }

    TaskSpec headers(Map<String, String> value) {
      headers = value;
      return this;
    }

    Submission build() {
      return new Submission(
          name,
          payload,
          Submission.RAW,
          wantsResult,
          priority,
          delay,
          unique,
          deadline,
          null,
          headers);
    }
  }

  private TransportContext contextFor(String name, Map<Option<?>, String> options) {
    BrokerUri uri = BrokerUri.parse("memory:" + name);
    String id = UUID.randomUUID().toString().replace("-", "");
    Settings settings = Settings.of(new MemoryTransportProvider().options(), options);
    return new TransportContext() {
      @Override
      public Vertx vertx() {
        return vertx;
      }

      @Override
      public Context context() {
        return context;
      }

      @Override
      public BrokerUri uri() {
        return uri;
      }

      @Override
      public Settings settings() {
        return settings;
      }

      @Override
      public String instanceId() {
        return id;
      }
    };
  }
}
