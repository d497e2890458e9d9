/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the broker itself says of a queue that is declared otherwise. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class DeclaredOtherwiseTest {

  private static final String QUEUE = "it's 'an' order";

  private final RabbitmqBroker broker = RabbitmqBroker.create();

  @BeforeAll
  void start() {
    broker.start();
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          ''                   | durable=false      | durable                | false   | true
          durable=false        | ''                 | durable                | true    | false
          ''                   | maxPriority=10     | x-max-priority         | 10      | none
          maxPriority=10       | ''                 | x-max-priority         | none    | 10
          maxPriority=10       | maxPriority=5      | x-max-priority         | 5       | 10
          messageTtl=1s        | messageTtl=2s      | x-message-ttl          | 2000    | 1000
          ''                   | queueType=quorum   | x-queue-type           | quorum  | none
          queueType=quorum     | ''                 | x-queue-type           | none    | quorum
          deadLetterExchange=a | deadLetterExchange=b | x-dead-letter-exchange | b     | a
          ''                   | deadLetterQueue=true | x-dead-letter-exchange | ''    | none
          """)
  void the_broker_names_what_differs(
      String first, String second, String field, String declared, String current) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setPort(broker.port());
    factory.setAutomaticRecoveryEnabled(false);
    try (Connection connection = factory.newConnection()) {
      connection.createChannel().queueDelete(QUEUE);
      declare(connection.createChannel(), declaration(first));
      QueueDeclaration ours = declaration(second);
      String text = refusal(connection.createChannel(), ours);

      QueueMismatch mismatch = QueueMismatch.parse(text);
      assertThat(mismatch)
          .as(text)
          .isEqualTo(new QueueMismatch(QUEUE, "/", field, declared, current));
      assertThat(Objects.requireNonNull(mismatch).explain(ours))
          .contains("Here: " + ours)
          .contains("There, as far as RabbitMQ tells: ");
    }
  }

  private static QueueDeclaration declaration(String options) {
    return QueueSettings.of(QueueSettingsTest.parse(options)).declaration(QUEUE);
  }

  private static void declare(Channel channel, QueueDeclaration how) throws IOException {
    Map<String, Object> arguments = how.arguments();
    channel.queueDeclare(QUEUE, how.durable(), how.exclusive(), how.autoDelete(), arguments);
  }

  private static String refusal(Channel channel, QueueDeclaration how) {
    try {
      declare(channel, how);
    } catch (IOException e) {
      return String.valueOf(e.getCause());
    }
    throw new AssertionError("the broker took " + how);
  }
}
