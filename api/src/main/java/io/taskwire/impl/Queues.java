/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.Feature;
import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.impl.config.Configuration;
import io.taskwire.impl.config.ResolvedConfiguration;
import io.taskwire.impl.config.Sources;
import io.taskwire.impl.config.Transports;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.OneLoopVertx;
import io.taskwire.spi.RetryPolicy;
import io.taskwire.spi.Settings;
import io.taskwire.spi.SharedByHosts;
import io.taskwire.spi.Tls;
import io.taskwire.spi.TlsFiles;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportProvider;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens queues: finds the transport, puts the parts together, begins to connect. */
public final class Queues {

  private Queues() {}

  /**
   * Opens a queue.
   *
   * @param vertx the caller's instance, which is never closed; null to make one
   * @param options where to and how
   * @return the queue, connecting behind
   */
  public static TaskQueue open(@Nullable Vertx vertx, QueueOptions options) {
    List<TransportProvider> providers = Transports.load();
    ResolvedConfiguration configuration =
        Configuration.resolve(options, providers, Sources.ofProcess());
    Serializers serializers = Serializers.load(
        configuration.settings().get(CoreOptions.SERIALIZER), options.serializerObject());
    if (vertx != null) {
      return open(vertx, false, options, configuration, providers, serializers);
    }
    Vertx own = OneLoopVertx.create();
    try {
      return open(own, true, options, configuration, providers, serializers);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private static TaskQueue open(
      Vertx vertx,
      boolean owned,
      QueueOptions options,
      ResolvedConfiguration configuration,
      List<TransportProvider> providers,
      Serializers serializers) {
    // The internal type, because it makes a fresh event-loop context wherever it is called, and has
    // close hooks.
    VertxInternal internal = (VertxInternal) vertx;
    ContextInternal context = internal.createEventLoopContext();
    Loop loop = new Loop(context, owned);
    Settings settings = configuration.settings();
    BrokerUri uri = configuration.uri();
    FeatureGate gate =
        new FeatureGate(configuration.provider(), providers, settings.get(CoreOptions.CLIENT_ID));
    String instanceId = UUID.randomUUID().toString().replace("-", "");
    Tls tls = tls(vertx, options, configuration);
    Listeners listeners = new Listeners(options.listeners());
    Hosts hosts = new Hosts();
    List<BrokerUri> uris = eachHost(uri, configuration.provider(), gate);
    SharedByHosts shared = uris.size() == 1 ? null : new SharedByHosts();
    for (BrokerUri each : uris) {
      Transport transport = configuration
          .provider()
          .create(new TransportSetup(vertx, context, each, settings, tls, instanceId, shared));
      hosts.add(new Connector(
          hosts, loop, transport, RetryPolicy.of(settings), each.toString(), listeners));
    }
    TimerWheel wheel =
        new TimerWheel(alarm(context), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    Submitter submitter = new Submitter(SubmitLimits.of(settings), hosts, gate, wheel, listeners);
    Handlers handlers = new Handlers(
        loop,
        hosts,
        settings,
        configuration.provider().handlerTimeout(),
        serializers,
        gate,
        wheel,
        listeners);

    CloseHook hook = new CloseHook();
    Supplier<Future<Void>> last = owned
        ? () -> {
          loop.unwatchCallbacks();
          return vertx.close();
        }
        : () -> {
          internal.removeCloseHook(hook);
          return Future.succeededFuture();
        };
    Closing closing = new Closing(loop, hosts, submitter, handlers, last);
    TaskQueueImpl queue = new TaskQueueImpl(
        loop, serializers, hosts, gate, submitter, handlers, closing, uri.toString());
    hosts.users(gate, submitter, handlers, queue);
    if (owned) {
      loop.watchCallbacks();
    } else {
      hook.queue = queue;
      internal.addCloseHook(hook);
    }
    loop.run(hosts::ensureConnecting);
    return queue;
  }

  /** A transport knows one host, and with several there are several transports. */
  private static List<BrokerUri> eachHost(
      BrokerUri uri, TransportProvider provider, FeatureGate gate) {
    if (uri.hosts().size() <= 1) {
      return List.of(uri);
    }
    gate.require(Feature.SEVERAL_HOSTS, null);
    // Written out, so that a host has one name in every process, which the hash of keys needs.
    return uri.hosts().stream()
        .map(host -> host.withDefaultPort(provider.defaultPort()))
        .distinct()
        .map(uri::withHost)
        .toList();
  }

  private static @Nullable Tls tls(
      Vertx vertx, QueueOptions options, ResolvedConfiguration configuration) {
    if (!configuration.provider().tlsSchemes().contains(configuration.uri().scheme())) {
      return null;
    }
    ClientSSLOptions object = options.tlsObject();
    return object == null ? Tls.of(vertx, TlsFiles.of(configuration.settings())) : Tls.of(object);
  }

  private static TimerWheel.Alarm alarm(ContextInternal context) {
    return new TimerWheel.Alarm() {
      @Override
      public long set(long delayMillis, Runnable action) {
        return context.setTimer(delayMillis, id -> action.run());
      }

      @Override
      public void cancel(long id) {
        context.owner().cancelTimer(id);
      }
    };
  }

  /** Closes the queue with the Vert.x instance it was given, so that no future is left pending. */
  private static final class CloseHook implements Closeable {

    private @Nullable TaskQueue queue;

    @Override
    public void close(Completable<Void> completion) {
      if (queue == null) {
        completion.succeed();
      } else {
        queue.shutdown().onComplete(completion);
      }
    }
  }
}
