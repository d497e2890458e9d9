/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"orders", "o", "a b/c:d", "żółw ✓", "taskwire", "amq", "x.amq."})
  void a_task_has_the_queue_of_its_name(String name) {
    assertThat(QueueNames.ofTask(name)).isEqualTo(name);
  }

  @Test
  void a_name_has_at_most_255_bytes_in_utf8() {
    assertThat(QueueNames.ofTask("n".repeat(255))).hasSize(255);
    refused("n".repeat(256), "256 bytes");
    refused("ü".repeat(128), "256 bytes");
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          '',               not empty
          amq.gen,          RabbitMQ
          taskwire.reply.x, replies and delays
          taskwire.delay.1, replies and delays
          """)
  void a_name_that_is_kept_is_refused(String name, String why) {
    refused(name, why);
  }

  @Test
  void half_a_character_is_refused() {
    refused("a\ud83d", "valid Unicode");
  }

  private static void refused(String name, String why) {
    assertThatThrownBy(() -> QueueNames.ofTask(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void replies_and_dead_letters_have_queues_too() {
    assertThat(QueueNames.ofReplies("shop", null)).isEqualTo("taskwire.reply.shop");
    assertThat(QueueNames.ofReplies("shop", "h1:5672")).isEqualTo("taskwire.reply.shop.h1.5672");
    assertThat(QueueNames.ofDead("orders")).isEqualTo("orders.dead");
    assertThatThrownBy(() -> QueueNames.ofDead("n".repeat(251)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          PT0.000001S, 1
          PT0.001S,    1
          PT0.0010001S, 2
          PT0.099S,    99
          PT0.1S,      100
          PT0.101S,    110
          PT1S,        1000
          PT1.234S,    1300
          PT0.991S,    1000
          PT1M,        60000
          PT61.001S,   62000
          PT576H,      2100000000
          """)
  void a_delay_is_rounded_up_to_two_digits(Duration delay, long millis) {
    assertThat(DelayQueue.of(delay).millis()).isEqualTo(millis);
  }

  @Test
  void a_delays_queue_hands_its_messages_to_their_tasks_and_outlives_them() {
    DelayQueue queue = DelayQueue.of(Duration.ofSeconds(30));

    assertThat(queue.name()).isEqualTo("taskwire.delay.30000");
    assertThat(queue.arguments())
        .isEqualTo(
            Map.of("x-message-ttl", 30_000L, "x-dead-letter-exchange", "", "x-expires", 660_000L));
  }

  @Test
  void the_longest_delay_is_one_that_rabbitmq_takes() {
    DelayQueue queue = DelayQueue.of(DelayQueue.MAX_DELAY);

    assertThat(queue.arguments().get("x-expires"))
        .isInstanceOfSatisfying(Long.class, millis -> assertThat(millis).isLessThan(1L << 32));
    assertThatThrownBy(() -> DelayQueue.of(DelayQueue.MAX_DELAY.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 days");
  }
}
