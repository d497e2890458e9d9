/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Option;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Settings;
import io.taskwire.spi.Submission;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transport without a queue above it, with everything it needs, and a test thread's way onto its event loop. */
public final class Stage implements AutoCloseable, TransportContext {

  /** Bytes of the largest payload, unless a test sets {@link CoreOptions#MAX_PAYLOAD}. */
  public static final int MAX_PAYLOAD = 100_000;

  private static final int MAX_ATTEMPTS = 5;

  private final LinkedBlockingQueue<Throwable> sessionsLost = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> lateReplies = new LinkedBlockingQueue<>();
  private final Map<Option<?>, Object> values = new HashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final TransportProvider provider;
  private final BrokerUri uri;
  private @Nullable Transport transport;
  private @Nullable Session session;

  private Stage(TransportProvider provider, List<HostPort> hosts) {
    this.provider = provider;
    this.uri = new BrokerUri(provider.name(), null, null, hosts, "", Map.of());
    with(CoreOptions.MAX_PAYLOAD, MAX_PAYLOAD);
  }

  /**
   * A stage for a broker on this machine.
   *
   * @param provider makes the transport
   * @param port of the broker
   * @return the stage, not connected
   */
  public static Stage of(TransportProvider provider, int port) {
    return of(provider, new HostPort("127.0.0.1", port));
  }

  /**
   * A stage.
   *
   * @param provider makes the transport
   * @param hosts where the brokers are
   * @return the stage, not connected
   */
  public static Stage of(TransportProvider provider, HostPort... hosts) {
    return new Stage(provider, List.of(hosts));
  }

  /**
   * Sets an option; all others have their defaults.
   *
   * @param option which
   * @param value its value
   * @param <T> the value's type
   * @return this, before {@link #connect()}
   */
  public <T> Stage with(Option<T> option, T value) {
    values.put(option, value);
    return this;
  }

  /**
   * Does something on the event loop and waits for what it promises.
   *
   * @param action what to do
   * @param <T> what it gives
   * @return what was promised; what it fails with is thrown as it is
   */
  public <T> T get(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(on -> {
      try {
        action.get().onComplete(done);
      } catch (RuntimeException | AssertionError e) {
        done.fail(e);
      }
    });
    return Await.value(done.future());
  }

  /**
   * Does something on the event loop and waits until it is done.
   *
   * @param action what to do
   */
  public void run(Runnable action) {
    get(() -> {
      action.run();
      return Future.succeededFuture();
    });
  }

  /**
   * Connects, and waits for it.
   *
   * @return this; what the transport refuses with is thrown
   */
  public Stage connect() {
    Transport made = transport();
    session = get(() -> made.connect(new SessionListener() {
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

  /**
   * The transport, made when it is first asked for.
   *
   * @return the transport; what the provider refuses with is thrown
   */
  public Transport transport() {
    Transport made = transport;
    if (made == null) {
      made = provider.create(this);
      transport = made;
    }
    return made;
  }

  /**
   * The session of the last {@link #connect()}.
   *
   * @return the session
   */
  public Session session() {
    Session connected = session;
    if (connected == null) {
      throw new IllegalStateException("connect() first");
    }
    return connected;
  }

  /**
   * The losses that sessions reported.
   *
   * @return their causes, in order; {@link Await#next} waits for one
   */
  public LinkedBlockingQueue<Throwable> sessionsLost() {
    return sessionsLost;
  }

  /**
   * The replies that came for nobody.
   *
   * @return the ids of their tasks, in order; {@link Await#next} waits for one
   */
  public LinkedBlockingQueue<String> lateReplies() {
    return lateReplies;
  }

  /**
   * Submits a task.
   *
   * @param caller what to submit, and who hears of it
   * @return the caller
   */
  public Caller submit(Caller caller) {
    run(() -> session().submit(caller.submission(), caller));
    return caller;
  }

  /**
   * Consumes tasks, whose loss no one asks about.
   *
   * @param taskName of which name
   * @param concurrency how many at once
   * @param handler takes them, on the event loop
   * @return the consumer
   */
  public Consumer consume(
      String taskName, int concurrency, java.util.function.Consumer<Delivery> handler) {
    return consume(taskName, concurrency, handler, lost -> {});
  }

  /**
   * Consumes tasks.
   *
   * @param taskName of which name
   * @param concurrency how many at once
   * @param handler takes them, on the event loop
   * @param onLost told if the consumer is lost
   * @return the consumer
   */
  public Consumer consume(
      String taskName,
      int concurrency,
      java.util.function.Consumer<Delivery> handler,
      java.util.function.Consumer<Throwable> onLost) {
    return consume(
        new ConsumerSpec(taskName, Submission.RAW, concurrency, MAX_ATTEMPTS, envelope()),
        handler,
        onLost);
  }

  /**
   * Consumes tasks.
   *
   * @param spec of what, and how
   * @param handler takes them, on the event loop
   * @param onLost told if the consumer is lost
   * @return the consumer
   */
  public Consumer consume(
      ConsumerSpec spec,
      java.util.function.Consumer<Delivery> handler,
      java.util.function.Consumer<Throwable> onLost) {
    return get(() -> session().consume(spec, new ConsumerListener() {
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
    Transport made = transport;
    if (made != null) {
      get(made::close);
    }
    Await.value(vertx.close());
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
      @SuppressWarnings("unchecked") // with() takes a value of the option's own type only.
      public <T> T get(Option<T> option) {
        Object value = values.get(option);
        return value == null ? option.defaultValue() : (T) value;
      }

      @Override
      public boolean isSet(Option<?> option) {
        return values.containsKey(option);
      }
    };
  }

  @Override
  public String instanceId() {
    return "0123456789abcdef0123456789abcdef";
  }
}
