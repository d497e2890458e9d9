/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

import io.taskwire.tck.broker.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forwards connections on 127.0.0.1 to another port there, and can do to them what networks do. Whatever is set concerns
 * present and future connections alike. Safe to use from any thread.
 */
public final class TcpProxy implements AutoCloseable {

  private static final int CONNECT_LIMIT_MILLIS = 2_000;
  private static final int BACKLOG = 256;

  private final int port = FreePort.find();
  private final int serverPort;
  private final Gate gate = new Gate();

  // The thread that accepts, those of the links and those of the test meet at these, under the
  // proxy's lock.
  private final List<Link> links = new ArrayList<>();
  private int accepted;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  private final @Nullable TlsEnd tls;

  private TcpProxy(int serverPort, @Nullable TlsEnd tls) {
    this.serverPort = serverPort;
    this.tls = tls;
  }

  /**
   * Opens a proxy that admits connections.
   *
   * @param serverPort where to forward to; nobody needs to listen there yet: connections are then closed at once
   * @return the proxy
   */
  public static TcpProxy to(int serverPort) {
    return opened(new TcpProxy(serverPort, null));
  }

  /**
   * Opens a proxy that speaks TLS with those who connect to it, and not with what is behind it.
   *
   * @param serverPort where to forward to
   * @param tls what it shows and asks for
   * @return the proxy
   */
  public static TcpProxy tls(int serverPort, TlsEnd tls) {
    return opened(new TcpProxy(serverPort, tls));
  }

  private static TcpProxy opened(TcpProxy proxy) {
    proxy.admit();
    return proxy;
  }

  /**
   * Tells where it listens.
   *
   * @return the port on 127.0.0.1, the same as long as it lives
   */
  public int port() {
    return port;
  }

  /**
   * Counts the connections that are open now.
   *
   * @return their number
   */
  public synchronized int connections() {
    return links.size();
  }

  /**
   * Counts the connections that were ever forwarded.
   *
   * @return their number
   */
  public synchronized int accepted() {
    return accepted;
  }

  /** Resets all present connections on both sides. */
  public void cut() {
    List<Link> all = present();
    all.forEach(Link::cut);
    all.forEach(Link::awaitEnd);
  }

  /**
   * Lets nothing more pass in one direction, while the sockets stay open.
   *
   * @param direction which way
   */
  public void stall(Direction direction) {
    gate.stall(direction);
  }

  /** Lets nothing more pass, while the sockets stay open: a half-open connection. */
  public void stall() {
    gate.stall(Direction.TO_SERVER);
    gate.stall(Direction.TO_CLIENT);
  }

  /** Ends all stalls; what was held back goes on. */
  public void resume() {
    gate.resume();
  }

  /**
   * Holds each chunk of bytes back for a while.
   *
   * @param delay how long, zero for not at all
   */
  public void delay(Duration delay) {
    gate.delay(delay);
  }

  /** Refuses new connections, as a port does on which nobody listens; present ones go on. */
  public void refuse() {
    ServerSocket closing;
    Thread ending;
    synchronized (this) {
      closing = listener;
      ending = acceptor;
      listener = null;
      acceptor = null;
    }
    if (closing != null && ending != null) {
      close(closing);
      join(ending);
    }
  }

  /** Accepts connections again after {@link #refuse()}. */
  public synchronized void admit() {
    if (listener != null) {
      return;
    }
    try {
      ServerSocket opened = tls == null ? new ServerSocket() : tls.open();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      Thread thread = new Thread(() -> accept(opened), "taskwire-tck-proxy-accept");
      thread.setDaemon(true);
      thread.start();
      listener = opened;
      acceptor = thread;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        forward(opened.accept());
      } catch (IOException closed) {
        // refuse() or close(); any other reason ends in one of the two, too
      }
    }
  }

  // The sockets are owned by the link, which closes them.
  private void forward(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort),
          CONNECT_LIMIT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException refused) {
      close(server);
      close(client);
      return;
    }
    synchronized (this) {
      Link link = new Link(gate, client, server, this::ended);
      links.add(link);
      accepted++;
      link.start();
    }
  }

  private synchronized void ended(Link link) {
    links.remove(link);
  }

  private synchronized List<Link> present() {
    return List.copyOf(links);
  }

  @Override
  public void close() {
    refuse();
    cut();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
