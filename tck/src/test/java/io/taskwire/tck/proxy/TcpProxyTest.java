/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TcpProxyTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();

  private TcpProxy proxy = TcpProxy.to(BROKER.port());

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void closeBroker() {
    BROKER.close();
  }

  @BeforeEach
  void openProxy() {
    proxy.close();
    proxy = TcpProxy.to(BROKER.port());
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
    assertThat(proxy.connections()).isZero();
    Await.until("no connection at the broker", () -> BROKER.connections() == 0);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write("list-tube-used\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
  }

  @Test
  void forwards_both_ways_and_counts() throws IOException {
    try (Socket one = connect();
        Socket two = connect()) {
      ask(one);
      ask(two);
      assertThat(answer(one)).isEqualTo("USING default\r\n");
      assertThat(answer(two)).isEqualTo("USING default\r\n");
      assertThat(proxy.connections()).isEqualTo(2);
      assertThat(proxy.accepted()).isEqualTo(2);
      assertThat(BROKER.connections()).isEqualTo(2);
    }
    Await.until("both links ended", () -> proxy.connections() == 0);
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void the_end_of_a_connection_travels_on() throws IOException {
    try (Socket socket = connect()) {
      ask(socket);
      answer(socket);
    }
    Await.until("the broker has lost the client", () -> BROKER.connections() == 0);
  }

  @Test
  void cut_resets_both_sides_and_admits_new_connections() throws IOException {
    try (Socket socket = connect()) {
      ask(socket);
      answer(socket);

      proxy.cut();

      assertThat(proxy.connections()).isZero();
      assertThatThrownBy(() -> {
            if (socket.getInputStream().read() < 0) {
              throw new SocketException("closed");
            }
          })
          .isInstanceOf(SocketException.class);
      Await.until("the broker has lost the client", () -> BROKER.connections() == 0);
    }
    try (Socket socket = connect()) {
      ask(socket);
      assertThat(answer(socket)).isEqualTo("USING default\r\n");
    }
  }

  @Test
  void cut_ends_stalled_connections_too() throws IOException {
    try (Socket socket = connect()) {
      ask(socket);
      answer(socket);
      proxy.stall();
      ask(socket);

      proxy.cut();

      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void stall_holds_answers_back_until_resume() throws IOException {
    try (Socket socket = connect()) {
      ask(socket);
      answer(socket);

      proxy.stall(Direction.TO_CLIENT);
      ask(socket);
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.connections()).isEqualTo(1);

      proxy.resume();
      socket.setSoTimeout(5_000);
      assertThat(answer(socket)).isEqualTo("USING default\r\n");
    }
  }

  @Test
  void delay_holds_each_answer_back_for_a_while() throws IOException {
    proxy.delay(Duration.ofMillis(50));
    try (Socket socket = connect()) {
      long asked = System.nanoTime();
      ask(socket);
      answer(socket);
      assertThat(Duration.ofNanos(System.nanoTime() - asked))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void refuse_refuses_new_connections_and_keeps_the_present_ones() throws IOException {
    try (Socket socket = connect()) {
      ask(socket);
      answer(socket);

      proxy.refuse();

      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      ask(socket);
      assertThat(answer(socket)).isEqualTo("USING default\r\n");
    }
    proxy.admit();
    try (Socket socket = connect()) {
      ask(socket);
      assertThat(answer(socket)).isEqualTo("USING default\r\n");
    }
  }

  @Test
  void a_server_that_is_down_ends_connections_at_once() throws IOException {
    BeanstalkdBroker down = BeanstalkdBroker.create();
    try (down;
        TcpProxy toNobody = TcpProxy.to(down.port());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), toNobody.port())) {
      socket.setSoTimeout(5_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(toNobody.accepted()).isZero();
    }
  }
}
