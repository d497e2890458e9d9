/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.Option;
import io.taskwire.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {

  @Test
  void by_default_a_queue_is_declared_as_aioqueue_does() {
    QueueDeclaration declaration = settings("").declaration("orders");

    assertThat(declaration).isEqualTo(QueueDeclaration.PLAIN);
    assertThat(declaration).hasToString("auto_delete=false, durable=true, exclusive=false");
  }

  @Test
  void a_queue_may_be_declared_as_aioqueues_workers_with_durable_false() {
    assertThat(settings("durable=false").declaration("orders").durable()).isFalse();
  }

  @Test
  void a_quorum_queue_with_a_limit_sets_tasks_aside_in_a_queue_of_their_own() {
    QueueDeclaration declaration = settings(
            "queueType=quorum deliveryLimit=3 deadLetterQueue=true messageTtl=90s")
        .declaration("orders");

    assertThat(declaration.durable()).isTrue();
    assertThat(declaration.arguments())
        .isEqualTo(Map.of(
            "x-queue-type", "quorum",
            "x-delivery-limit", 3,
            "x-dead-letter-exchange", "",
            "x-dead-letter-routing-key", "orders.dead",
            "x-message-ttl", 90_000L));
  }

  @Test
  void an_exchange_for_dead_letters_gets_them_under_the_tasks_own_name() {
    assertThat(settings("deadLetterExchange=morgue").declaration("orders").arguments())
        .isEqualTo(Map.of("x-dead-letter-exchange", "morgue"));
  }

  @Test
  void a_queue_may_have_priorities() {
    assertThat(settings("maxPriority=10").declaration("orders").arguments())
        .isEqualTo(Map.of("x-max-priority", 10));
  }

  @Test
  void a_worker_is_handed_as_many_tasks_as_it_runs_unless_told_otherwise() {
    assertThat(settings("").prefetch(64)).isEqualTo(64);
    assertThat(settings("prefetchCount=1").prefetch(64)).isEqualTo(1);
    assertThat(settings("").prefetch(65_536)).isEqualTo(65_535);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          durable=false queueType=quorum       | rabbitmq.durable         | rabbitmq.durable=false         | leave it out
          maxPriority=5 queueType=quorum       | rabbitmq.maxPriority     | rabbitmq.maxPriority=5         | leave it out
          maxPriority=1                        | rabbitmq.maxPriority     | rabbitmq.maxPriority=1         | write 2 or more
          deadLetterExchange=x deadLetterQueue=true | rabbitmq.deadLetterQueue | rabbitmq.deadLetterExchange=x | keep one of them
          deliveryLimit=3 deadLetterQueue=true | rabbitmq.deliveryLimit   | rabbitmq.deliveryLimit=3       | add rabbitmq.queueType=quorum
          deliveryLimit=3 queueType=quorum     | rabbitmq.deliveryLimit   | rabbitmq.deliveryLimit=3       | add rabbitmq.deadLetterQueue=true
          """)
  void a_contradiction_is_refused_with_key_value_and_remedy(
      String options, String key, String value, String remedy) {
    assertThatThrownBy(() -> settings(options))
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageContaining(value)
        .hasMessageContaining(remedy);
  }

  private static QueueSettings settings(String options) {
    return QueueSettings.of(parse(options));
  }

  /** Options as {@code key=value}, with blanks between them. */
  static Settings parse(String options) {
    Map<Option<?>, String> texts = new LinkedHashMap<>();
    for (String each : options.split(" ", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        Option<?> option = TransportOptions.all().stream()
            .filter(known -> known.key().equals(each.substring(0, equals)))
            .findAny()
            .orElseThrow();
        texts.put(option, each.substring(equals + 1));
      }
    }
    return Settings.of(TransportOptions.all(), texts);
  }
}
