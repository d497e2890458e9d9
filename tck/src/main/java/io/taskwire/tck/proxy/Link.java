/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through a {@link TcpProxy}: two sockets and the two threads that copy between them. */
final class Link {

  private static final int CHUNK = 64 * 1024;

  private final Gate gate;
  private final Socket client;
  private final Socket server;
  private final List<Thread> threads;

  // The two threads meet at it.
  private final AtomicInteger running = new AtomicInteger(2);

  Link(Gate gate, Socket client, Socket server, Consumer<Link> ended) {
    this.gate = gate;
    this.client = client;
    this.server = server;
    Thread toServer = new Thread(
        () -> copy(client, server, Direction.TO_SERVER, ended), "taskwire-tck-proxy-to-server");
    Thread toClient = new Thread(
        () -> copy(server, client, Direction.TO_CLIENT, ended), "taskwire-tck-proxy-to-client");
    threads = List.of(toServer, toClient);
    threads.forEach(thread -> thread.setDaemon(true));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void copy(Socket from, Socket to, Direction direction, Consumer<Link> ended) {
    try (from;
        to) {
      byte[] chunk = new byte[CHUNK];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        gate.pass(direction);
        out.write(chunk, 0, read);
      }
      // The end travels too, but not past a stalled gate: a half-open connection tells nobody.
      gate.pass(direction);
    } catch (IOException cutOrClosed) {
      // the end of a link by either side, or by cut()
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (running.decrementAndGet() == 0) {
        ended.accept(this);
      }
    }
  }

  /** Resets both sides. */
  void cut() {
    reset(client);
    reset(server);
    threads.forEach(Thread::interrupt);
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // closed already, which is what is wanted
    }
  }

  void awaitEnd() {
    threads.forEach(TcpProxy::join);
  }
}
