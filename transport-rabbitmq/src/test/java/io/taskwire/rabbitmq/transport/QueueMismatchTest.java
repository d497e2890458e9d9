/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.rabbitmq.codec.Recording;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueMismatchTest {

  @Test
  void what_aioqueue_got_to_hear_shows_both_declarations() {
    QueueMismatch mismatch = Objects.requireNonNull(QueueMismatch.parse(Recording.flagMismatch()));

    assertThat(mismatch)
        .isEqualTo(new QueueMismatch("wire_clash", "/", "durable", "true", "false"));
    assertThat(mismatch.explain(QueueDeclaration.PLAIN))
        .isEqualTo("queue 'wire_clash' of virtual host '/' is there already and declared otherwise,"
            + " with durable=false. Here: auto_delete=false, durable=true, exclusive=false."
            + " There, as far as RabbitMQ tells: auto_delete=false, durable=false, exclusive=false."
            + " Change rabbitmq.durable, declare it alike everywhere, take it as it is with"
            + " rabbitmq.declare=passive, or delete it.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          received none but current is the value '10' of type 'signedint'  | none | 10
          received the value '10' of type 'signedint' but current is none  | 10   | none
          received '5' but current is '10'                                 | 5    | 10
          received the value 'quorum' of type 'longstr' but current is the value 'classic' of type 'longstr' | quorum | classic
          """)
  void arguments_may_be_absent_on_either_side(String text, String declared, String current) {
    QueueMismatch mismatch = QueueMismatch.parse(
        "PRECONDITION_FAILED - inequivalent arg 'x-max-priority' for queue 'o' in vhost 'v': "
            + text);

    assertThat(mismatch)
        .isEqualTo(new QueueMismatch("o", "v", "x-max-priority", declared, current));
  }

  @Test
  void what_is_absent_at_the_broker_is_not_shown_there() {
    QueueDeclaration ours = QueueDeclaration.durable(Map.of("x-max-priority", 10));
    QueueMismatch mismatch = new QueueMismatch("o", "/", "x-max-priority", "10", "none");

    assertThat(mismatch.explain(ours))
        .contains("Here: auto_delete=false, durable=true, exclusive=false, x-max-priority=10.")
        .contains(
            "tells: auto_delete=false, durable=true, exclusive=false. Change rabbitmq.maxPriority");
  }

  @Test
  void another_text_is_no_mismatch() {
    assertThat(QueueMismatch.parse("NOT_FOUND - no queue 'x' in vhost '/'")).isNull();
  }
}
