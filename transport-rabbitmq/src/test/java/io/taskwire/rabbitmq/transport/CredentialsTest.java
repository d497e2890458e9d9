/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.util.Throwables.getStackTrace;

import io.taskwire.InvalidOptionException;
import io.taskwire.TaskQueue;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final String PASSWORD = "s3cr3t";

  @ParameterizedTest
  @CsvSource(textBlock = """
          amqp://localhost,             '',                              guest, guest
          amqp://ann:s3cr3t@localhost,  '',                              ann,   s3cr3t
          amqp://ann@localhost,         password=s3cr3t,                 ann,   s3cr3t
          amqp://localhost,             username=ann password=s3cr3t,    ann,   s3cr3t
          amqp://a%40b:p%2Fw@localhost, '',                              a@b,   p/w
          """)
  void who_connects_stands_in_the_uri_or_in_options(
      String uri, String options, String user, String password) {
    Credentials credentials =
        Credentials.of(BrokerUri.parse(uri), QueueSettingsTest.parse(options));

    assertThat(credentials.user()).isEqualTo(user);
    assertThat(credentials.password().reveal()).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          amqp://ann:s3cr3t@localhost, username=bob,    rabbitmq.username, keep one of them
          amqp://ann@localhost,        username=bob,    rabbitmq.username, keep one of them
          amqp://ann:s3cr3t@localhost, password=s3cr3t, rabbitmq.password, keep one of them
          amqp://localhost,            password=s3cr3t, rabbitmq.password, write rabbitmq.username
          amqp://localhost,            username=ann,    rabbitmq.username, set rabbitmq.password
          amqp://ann@localhost,        '',              url,               set rabbitmq.password
          """)
  void half_of_it_or_twice_is_refused_without_showing_a_password(
      String uri, String options, String key, String remedy) {
    assertThatThrownBy(() -> Credentials.of(BrokerUri.parse(uri), QueueSettingsTest.parse(options)))
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageContaining(remedy)
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void a_password_is_never_shown() {
    Settings settings = QueueSettingsTest.parse("username=ann password=" + PASSWORD);
    Credentials credentials = Credentials.of(BrokerUri.parse("amqp://localhost"), settings);

    assertThat(credentials.toString()).contains("ann").doesNotContain(PASSWORD);
    assertThat(settings.toString()).contains("username=ann").doesNotContain(PASSWORD);
    assertThat(TransportOptions.PASSWORD.isSecret()).isTrue();
    assertThat(TransportOptions.PASSWORD.show(credentials.password())).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://ann:s3cr3t@localhost?password=s3cr3t",
        "amqp://localhost?password=s3cr3t",
        "amqp://ann@localhost?pasword=s3cr3t",
        "amqp://ann@localhost?password=s3cr3t&deliveryLimit=3",
        "amqp://ann@localhost?password=s3cr3t&maxPriority=many"
      })
  void a_queue_that_cannot_be_opened_does_not_tell_its_password(String uri) {
    assertThatThrownBy(() -> TaskQueue.open(uri))
        .isInstanceOf(InvalidOptionException.class)
        .satisfies(e -> assertThat(getStackTrace(e)).doesNotContain(PASSWORD));
  }
}
