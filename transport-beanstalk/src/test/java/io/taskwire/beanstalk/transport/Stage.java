/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.EnvelopeMode;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Option;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Settings;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transport with everything it needs, and a test thread's way onto its event loop. */
final class Stage implements AutoCloseable, TransportContext {

  static final int MAX_PAYLOAD = 100_000;
  private static final long LIMIT_SECONDS = 20;

  final LinkedBlockingQueue<Throwable> sessionsLost = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<String> lateReplies = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BrokerUri uri;
  private final Duration connectTimeout;
  private final EnvelopeMode envelope;
  private final Transport transport;
  private @Nullable Session session;

  Stage(int port) {
    this(List.of(new HostPort("127.0.0.1", port)), Duration.ofSeconds(10), EnvelopeMode.AUTO);
  }

  Stage(List<HostPort> hosts, Duration connectTimeout, EnvelopeMode envelope) {
    this.uri = new BrokerUri("beanstalk", null, null, hosts, "", Map.of());
    this.connectTimeout = connectTimeout;
    this.envelope = envelope;
    this.transport = new BeanstalkTransportProvider().create(this);
  }

  /** Does something on the event loop, waits for what it promises, and throws what it fails with. */
  <T> T get(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(on -> {
      try {
        action.get().onComplete(done);
      } catch (RuntimeException | AssertionError e) {
        done.fail(e);
      }
    });
    return await(done.future());
  }

  void run(Runnable action) {
    get(() -> {
      action.run();
      return Future.succeededFuture();
    });
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof AssertionError cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s", e);
    }
  }

  static <T> T take(LinkedBlockingQueue<T> queue) {
    try {
      T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Stage connect() {
    session = get(() -> transport.connect(new SessionListener() {
      @Override
      public void lost(Throwable cause) {
        sessionsLost.add(cause);
      }

      @Override
      public void writable() {}

      @Override
      public void lateReply(String taskId) {
        lateReplies.add(taskId);
      }
    }));
    return this;
  }

  Transport transport() {
    return transport;
  }

  Session session() {
    Session connected = session;
    if (connected == null) {
      throw new IllegalStateException("connect() first");
    }
    return connected;
  }

  Caller submit(Caller caller) {
    run(() -> session().submit(caller.submission(), caller));
    return caller;
  }

  Consumer consume(
      String taskName, int concurrency, java.util.function.Consumer<Delivery> handler) {
    return consume(taskName, concurrency, handler, lost -> {});
  }

  Consumer consume(
      String taskName,
      int concurrency,
      java.util.function.Consumer<Delivery> handler,
      java.util.function.Consumer<Throwable> onLost) {
    return get(() -> session()
        .consume(new ConsumerSpec(taskName, concurrency, 5, envelope), new ConsumerListener() {
          @Override
          public void deliver(Delivery delivery) {
            handler.accept(delivery);
          }

          @Override
          public void lost(Throwable cause) {
            onLost.accept(cause);
          }
        }));
  }

  @Override
  public void close() {
    if (session != null) {
      get(session()::close);
    }
    get(transport::close);
    await(vertx.close());
  }

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
    return new Settings() {
      @Override
      public <T> T get(Option<T> option) {
        return option.defaultValue();
      }

      @Override
      public boolean isSet(Option<?> option) {
        return false;
      }
    };
  }

  @Override
  public String instanceId() {
    return "0123456789abcdef0123456789abcdef";
  }

  @Override
  public EnvelopeMode envelope() {
    return envelope;
  }

  @Override
  public int maxPayload() {
    return MAX_PAYLOAD;
  }

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }
}
