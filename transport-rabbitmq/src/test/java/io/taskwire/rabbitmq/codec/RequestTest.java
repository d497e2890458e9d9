/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import io.taskwire.Priority;
import io.taskwire.spi.Headers;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTest {

  private final RequestEncoder encoder = new RequestEncoder("taskwire.reply.1", false, 0);

  @Test
  void a_plain_request_has_what_aioqueues_has_and_the_mark() {
    Content content = encoder.encode(Wire.submission(true, Map.of()), "id-1");

    assertThat(content.body()).isEqualTo(new byte[] {'h', 'i'});
    assertThat(content.properties().build())
        .isEqualTo(new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .correlationId("id-1")
            .replyTo("taskwire.reply.1")
            .appId("taskwire")
            .build());
  }

  @Test
  void a_request_without_response_has_a_correlation_id_alone_as_aioqueues_has() {
    AMQP.BasicProperties properties =
        encoder.encode(Wire.submission(false, Map.of()), "id-1").properties().build();

    assertThat(properties.getReplyTo()).isNull();
    assertThat(properties.getCorrelationId()).isEqualTo("id-1");
  }

  static List<JsonObject> recorded() {
    return Recording.requests();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void what_aioqueue_publishes_is_read(JsonObject line) {
    JsonObject said = line.getJsonObject("properties");
    AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
        .deliveryMode(said.getInteger("delivery_mode"))
        .correlationId(said.getString("correlation_id"))
        .replyTo(said.getString("reply_to"));

    assertThat(TaskRequest.decode(Wire.deliver(properties, false)))
        .isEqualTo(new TaskRequest(
            said.getString("correlation_id"),
            said.getString("correlation_id"),
            said.getString("reply_to"),
            false,
            false,
            OptionalInt.of(1),
            Map.of()));
  }

  @Test
  void a_request_with_everything_comes_back_as_it_was() {
    RequestEncoder keeping = new RequestEncoder("taskwire.reply.shop", true, 10);
    Content content = keeping.encode(
        Wire.submission(
            true,
            Priority.HIGH,
            Duration.ZERO,
            Duration.ofSeconds(9),
            Map.of("x-tenant", "7", "x-x-mas", "ü", Headers.SERIALIZER, "json")),
        "id-1");
    AMQP.BasicProperties properties = content.properties().build();

    assertThat(properties.getPriority()).isEqualTo(10);
    assertThat(properties.getExpiration()).isEqualTo("9000");
    assertThat(properties.getContentType()).isEqualTo("application/json");
    assertThat(properties.getHeaders())
        .isEqualTo(Map.of("tenant", "7", "tw-x-x-mas", "ü", "tw-deadline", "9000", "tw-keep", "1"));
    TaskRequest request = TaskRequest.decode(Wire.deliver(content));
    assertThat(request.marked()).isTrue();
    assertThat(request.keep()).isTrue();
    assertThat(request.wantsStart()).isTrue();
    assertThat(request.headers())
        .containsEntry("x-tenant", "7")
        .containsEntry("x-x-mas", "ü")
        .containsEntry(Headers.DEADLINE, "9000")
        .containsEntry(Headers.SERIALIZER, "json");
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          x-tenant,    tenant
          x-x-request, tw-x-x-request
          x-x-death,   tw-x-x-death
          x-tw-code,   tw-x-tw-code
          x-CC,        tw-x-CC
          x-BCC,       tw-x-BCC
          x-cc,        cc
          x-,          tw-x-
          x-ü,         ü
          deadline,    tw-deadline
          progress,    tw-progress
          """)
  void a_header_has_one_name_here_and_one_there(String here, String there) {
    Content content = encoder.encode(Wire.submission(true, Map.of(here, "v")), "id-1");

    assertThat(content.properties().build().getHeaders()).isEqualTo(Map.of(there, "v"));
    assertThat(TaskRequest.decode(Wire.deliver(content)).headers()).isEqualTo(Map.of(here, "v"));
  }

  @Test
  void texts_numbers_and_truth_values_of_others_are_read_and_the_brokers_own_are_not() {
    AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
        .headers(Map.of(
            "text",
            "a",
            "number",
            7L,
            "truth",
            true,
            "bytes",
            new byte[] {1},
            "list",
            List.of("a"),
            "table",
            Map.of("a", "b"),
            "CC",
            List.of("elsewhere"),
            "x-death",
            List.of(Map.of("count", 1L)),
            "x-first-death-reason",
            "expired",
            "tw-serializer",
            "evil"));

    assertThat(TaskRequest.decode(Wire.deliver(properties, false)).headers())
        .isEqualTo(Map.of("x-text", "a", "x-number", "7", "x-truth", "true"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          '',   '',   false, 1
          '',   '',   true,  2
          3,    '',   false, 3
          3,    '',   true,  4
          '',   2,    true,  3
          3,    2,    true,  5
          -5,   '',   false, 1
          many, '',   false, 1
          99999999999, '', true, 2147483647
          '',   -1,   true,  1
          """)
  void the_attempt_is_counted_from_what_the_broker_and_earlier_workers_say(
      String attempt, String deliveries, boolean redelivered, int expected) {
    Map<String, Object> headers = new HashMap<>();
    if (!attempt.isEmpty()) {
      headers.put("tw-attempt", attempt);
    }
    if (!deliveries.isEmpty()) {
      headers.put("x-delivery-count", Long.parseLong(deliveries));
    }
    AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder().headers(headers);

    assertThat(TaskRequest.decode(Wire.deliver(properties, redelivered)).attempt())
        .hasValue(expected);
  }

  @Test
  void a_request_without_correlation_id_is_known_by_its_message_id_or_its_delivery() {
    AMQP.BasicProperties.Builder named = new AMQP.BasicProperties.Builder().messageId("m-1");
    AMQP.BasicProperties.Builder bare = new AMQP.BasicProperties.Builder().replyTo("");

    assertThat(TaskRequest.decode(Wire.deliver(named, false)).id()).isEqualTo("m-1");
    TaskRequest request = TaskRequest.decode(Wire.deliver(bare, false));
    assertThat(request.id()).isEqualTo("delivery-7");
    assertThat(request.correlationId()).isNull();
    assertThat(request.replyTo()).isNull();
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
      10, HIGH, 10
      10, NORMAL, 5
      10, LOW, 0
      2, NORMAL, 1
      255, NORMAL, 127
      """)
  void priorities_are_the_highest_half_of_it_and_none(int max, Priority priority, int expected) {
    Content content = new RequestEncoder("r", false, max)
        .encode(Wire.submission(true, priority, Duration.ZERO, null, Map.of()), "id-1");

    assertThat(content.properties().build().getPriority()).isEqualTo(expected);
  }

  @Test
  void what_amqp_cannot_carry_is_refused() {
    Map<String, String> longName = Map.of("x-" + "n".repeat(256), "v");
    Map<String, String> muchText = Map.of("x-n", "v".repeat(HeaderTable.MAX_BYTES));
    Map<String, String> longFormat = Map.of(Headers.SERIALIZER, "s".repeat(250));
    Duration tooLate = Duration.ofDays(50);

    refused(longName, null, "at most 255 bytes");
    refused(muchText, null, "send what is large in the payload");
    refused(longFormat, null, "at most 255 bytes");
    refused(Map.of(), tooLate, "at most 49 days");
  }

  private void refused(Map<String, String> headers, @Nullable Duration deadline, String why) {
    assertThatThrownBy(() -> encoder.encode(
            Wire.submission(true, Priority.NORMAL, Duration.ZERO, deadline, headers), "id-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_copy_counts_and_leaves_behind_what_the_broker_would_obey_again() {
    AMQP.BasicProperties.Builder original = new AMQP.BasicProperties.Builder()
        .deliveryMode(2)
        .correlationId("c-1")
        .replyTo("r")
        .priority(3)
        .expiration("9000")
        .userId("ann")
        .messageId("m-1")
        .headers(
            Map.of("tenant", 7, "CC", List.of("x"), "x-death", List.of(), "tw-deadline", "9000"));
    Delivery message = Wire.deliver(original.build(), new byte[] {1, 2}, true);

    Content copy = RequestCopy.of(message, 3);

    assertThat(copy.body()).isEqualTo(new byte[] {1, 2});
    AMQP.BasicProperties properties = copy.properties().build();
    assertThat(properties.getHeaders().keySet())
        .containsExactlyInAnyOrder("tenant", "tw-deadline", "tw-attempt");
    assertThat(properties.getExpiration()).isNull();
    assertThat(properties.getUserId()).isNull();
    assertThat(properties.getMessageId()).isNull();
    assertThat(properties.getPriority()).isEqualTo(3);
    assertThat(properties.getDeliveryMode()).isEqualTo(2);
    TaskRequest again = TaskRequest.decode(Wire.deliver(copy));
    assertThat(again.attempt()).hasValue(3);
    assertThat(again.id()).isEqualTo("c-1");
    assertThat(again.headers()).containsEntry("x-tenant", "7");
  }
}
