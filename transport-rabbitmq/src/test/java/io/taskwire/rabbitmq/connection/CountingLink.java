/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards one connection to a broker, and counts what comes to the broker as chunks, which are writes of the client. */
final class CountingLink implements AutoCloseable {

  /** Set by the forwarding thread, read by the test's. */
  final AtomicInteger chunks = new AtomicInteger();

  private final ServerSocket listener;
  private final int serverPort;

  CountingLink(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start(this::forward);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void forward() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      start(() -> copy(server, client, new AtomicInteger()));
      copy(client, server, chunks);
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private static void copy(Socket from, Socket to, AtomicInteger count) {
    byte[] chunk = new byte[256 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        count.incrementAndGet();
        out.write(chunk, 0, read);
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "counting-link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
