/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one test stands on: it opens the test's queues, and {@link #close()} closes them and fails if anything is left
 * of them: a pending future, a handler that was begun and not ended, a thread, a connection, a timer or whatever else
 * keeps a closed queue alive, a buffer.
 */
public final class TestBed implements AutoCloseable {

  static {
    BufferLeaks.install();
  }

  // Names must differ between processes that share a broker.
  private static final AtomicLong NAMES = new AtomicLong(System.nanoTime() / 1_000_000);

  /** How long what is left may take to go by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Broker broker;
  private final Duration patience;
  private final LiveThreads threads = LiveThreads.now();
  private final Vertx vertx = Vertx.vertx();
  private final List<OpenQueue> queues = new ArrayList<>();
  private final List<Events> told = new ArrayList<>();
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<Broker> further = new ArrayList<>();

  /**
   * Makes the bed of one test.
   *
   * @param broker where its queues connect to
   */
  public TestBed(Broker broker) {
    this(broker, PATIENCE);
  }

  TestBed(Broker broker, Duration patience) {
    this.broker = broker;
    this.patience = patience;
    BufferLeaks.watch();
  }

  /**
   * Gives the broker.
   *
   * @return the broker
   */
  public Broker broker() {
    return broker;
  }

  /**
   * Has another broker looked at, too, for connections that are left.
   *
   * @param another one that queues of this bed are connected to
   */
  public void watch(Broker another) {
    further.add(another);
  }

  /**
   * Gives a Vert.x instance that is no queue's own.
   *
   * @return the instance, closed with the bed
   */
  public Vertx vertx() {
    return vertx;
  }

  /**
   * Makes up the name of a task that no other test has.
   *
   * @param base what it begins with
   * @return a name that every broker takes
   */
  public String name(String base) {
    return base + "-" + Long.toString(NAMES.incrementAndGet(), 36);
  }

  /**
   * Opens a queue with a Vert.x of its own, as callers mostly do.
   *
   * @param options written as in a URI, such as {@code retry=50ms}
   * @return the queue
   */
  public TaskQueue open(String... options) {
    return openAt(broker.url(), options);
  }

  /**
   * Opens a queue with a Vert.x of its own.
   *
   * @param url where to, without options
   * @param options written as in a URI, such as {@code retry=50ms}
   * @return the queue
   */
  public TaskQueue openAt(String url, String... options) {
    Events events = new Events();
    return add(TaskQueue.open(options(url, events, options)), events);
  }

  /**
   * Opens a queue on the bed's Vert.x, which outlives it: what a queue forgets there is found.
   *
   * @param options written as in a URI, such as {@code retry=50ms}
   * @return the queue
   */
  public TaskQueue openShared(String... options) {
    return openSharedAt(broker.url(), options);
  }

  /**
   * Opens a queue on the bed's Vert.x, which outlives it.
   *
   * @param url where to, without options
   * @param options written as in a URI, such as {@code retry=50ms}
   * @return the queue
   */
  public TaskQueue openSharedAt(String url, String... options) {
    Events events = new Events();
    return add(TaskQueue.open(vertx, options(url, events, options)), events);
  }

  private static QueueOptions options(String url, Events events, String... options) {
    String query =
        options.length == 0 ? "" : (url.contains("?") ? "&" : "?") + String.join("&", options);
    return QueueOptions.builder().uri(url + query).listener(events).build();
  }

  private TaskQueue add(TaskQueue queue, Events events) {
    AccountedQueue accounted = new AccountedQueue(queue);
    queues.add(new OpenQueue(accounted, events));
    told.add(events);
    return accounted;
  }

  /**
   * Gives what a queue told its listeners.
   *
   * @param queue a queue of this bed
   * @return its events
   */
  public Events events(TaskQueue queue) {
    return queues.stream()
        .filter(open -> open.queue() == queue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a queue of this bed"))
        .events();
  }

  /**
   * Opens a proxy in front of the broker; queues take it with {@code openAt(broker().urlThrough(proxy.port()))}.
   *
   * @return the proxy, closed with the bed
   */
  public TcpProxy proxy() {
    TcpProxy proxy = TcpProxy.to(broker.port());
    proxies.add(proxy);
    return proxy;
  }

  /**
   * Shows what all queues told their listeners.
   *
   * @return the last events of each
   */
  public String story() {
    StringBuilder story = new StringBuilder();
    for (int i = 0; i < told.size(); i++) {
      story.append("queue ").append(i + 1).append(":\n").append(told.get(i));
    }
    return story.toString();
  }

  /**
   * Closes all queues and looks for what is left of them.
   *
   * @throws AssertionError that lists it, if anything is
   */
  @Override
  public void close() {
    Leftovers leftovers = new Leftovers(patience);
    for (OpenQueue open : queues) {
      leftovers.closeAndCheck(open);
    }
    leftovers.checkConnections(broker, proxies);
    further.forEach(another -> leftovers.checkConnections(another, List.of()));
    proxies.forEach(TcpProxy::close);
    leftovers.forget(queues);
    leftovers.checkReachable();
    leftovers.checkTimers(vertx);
    Await.done(vertx.close());
    leftovers.checkThreads(threads);
    leftovers.checkBuffers();
    leftovers.report();
  }
}
