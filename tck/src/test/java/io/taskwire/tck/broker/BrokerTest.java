/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BrokerTest {

  enum Kind {
    GEARMAND,
    GEARMAND_WITH_STORE,
    BEANSTALKD,
    BEANSTALKD_WITH_BINLOG,
    RABBITMQ;

    Broker create() {
      return switch (this) {
        case GEARMAND -> GearmandBroker.create();
        case GEARMAND_WITH_STORE -> GearmandBroker.withStore();
        case BEANSTALKD -> BeanstalkdBroker.create();
        case BEANSTALKD_WITH_BINLOG -> BeanstalkdBroker.withBinlog();
        case RABBITMQ -> RabbitmqBroker.create();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_started_broker_counts_its_connections(Kind kind) throws IOException {
    try (Broker broker = kind.create()) {
      broker.start();

      assertThat(broker.isRunning()).isTrue();
      assertThat(broker.connections()).isZero();
      try (Socket one = connect(broker);
          Socket two = connect(broker)) {
        greet(kind, one);
        greet(kind, two);
        assertThat(broker.connections()).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_killed_broker_comes_back_on_the_same_port(Kind kind) {
    try (Broker broker = kind.create()) {
      broker.start();
      int port = broker.port();

      broker.kill();
      assertThat(broker.isRunning()).isFalse();
      assertThatThrownBy(broker::connections).isInstanceOf(UncheckedIOException.class);

      broker.start();
      assertThat(broker.port()).isEqualTo(port);
      assertThat(broker.connections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_broker_restarts_while_a_client_is_connected(Kind kind) throws IOException {
    try (Broker broker = kind.create()) {
      broker.start();
      try (Socket client = connect(broker)) {
        greet(kind, client);

        broker.restart();

        assertThat(broker.isRunning()).isTrue();
        assertThat(broker.connections()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_frozen_broker_runs_and_answers_nothing_until_it_is_thawed(Kind kind) throws IOException {
    try (Broker broker = kind.create()) {
      broker.start();
      broker.freeze();
      // The kernel connects it, nobody accepts it.
      try (Socket client = connect(broker)) {
        client.setSoTimeout(100);
        assertThat(broker.isRunning()).isTrue();
        assertThatThrownBy(() -> greet(kind, client)).isInstanceOf(SocketTimeoutException.class);

        broker.thaw();
        client.setSoTimeout(5_000);
        assertThat(client.getInputStream().read()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_frozen_broker_can_be_closed(Kind kind) {
    Broker broker = kind.create();
    broker.start();
    broker.freeze();

    broker.close();

    assertThat(broker.isRunning()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void starting_twice_is_an_error(Kind kind) {
    try (Broker broker = kind.create()) {
      broker.start();

      assertThatThrownBy(broker::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("runs already");
    }
  }

  private static Socket connect(Broker broker) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  /** Makes sure that the broker has taken note of a connection, by an answer over it. */
  private static void greet(Kind kind, Socket socket) throws IOException {
    String question = switch (kind) {
      case GEARMAND, GEARMAND_WITH_STORE -> "version\r\n";
      case BEANSTALKD, BEANSTALKD_WITH_BINLOG -> "list-tube-used\r\n";
      case RABBITMQ -> "AMQP\0\0\11\1";
    };
    // The end of a line, or of an AMQP frame.
    int last = kind == Kind.RABBITMQ ? 0xCE : '\n';
    socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
    int answer;
    do {
      answer = socket.getInputStream().read();
    } while (answer != last && answer >= 0);
    assertThat(answer).isEqualTo(last);
  }
}
