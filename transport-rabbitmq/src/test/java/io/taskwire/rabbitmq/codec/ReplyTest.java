/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import io.taskwire.FailureCode;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  private static final TaskRequest PLAIN = request("c-1", false, false);
  private static final TaskRequest MARKED = request("c-1", true, false);
  private static final Failure FAILURE = new Failure(FailureCode.HANDLER, "E", "no: never", "more");

  @Test
  void a_plain_caller_gets_a_body_and_its_correlation_id_and_nothing_else() {
    AMQP.BasicProperties expected =
        new AMQP.BasicProperties.Builder().correlationId("c-1").build();
    Content result = ReplyEncoder.result(
        PLAIN, "msgpack", Buffer.buffer("{}"), Map.of(Headers.SERIALIZER, "json"));
    Content failure = ReplyEncoder.failure(PLAIN, FAILURE);

    assertThat(result.properties().build()).isEqualTo(expected);
    assertThat(result.body()).isEqualTo(Recording.hex("92c0 c402 7b7d"));
    assertThat(failure.properties().build()).isEqualTo(expected);
    assertThat(new String(failure.body(), 2, 12, StandardCharsets.UTF_8)).isEqualTo("E: no: never");
  }

  @Test
  void a_request_without_correlation_id_gets_a_reply_without_one() {
    Content result =
        ReplyEncoder.result(request(null, false, false), "raw", Buffer.buffer(), Map.of());

    assertThat(result.properties().build()).isEqualTo(new AMQP.BasicProperties.Builder().build());
  }

  static List<JsonObject> recorded() {
    return Recording.replies().stream()
        .filter(line -> line.getJsonObject("reply") != null)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void what_an_aioqueue_worker_answers_is_a_result_or_a_failure(JsonObject line) {
    byte[] body = Recording.hex(line.getJsonObject("reply").getString("body"));
    boolean ok = (body[1] & 0xff) == 0xc0;

    Outcome outcome = outcome(new Content(new AMQP.BasicProperties.Builder(), body), "msgpack");

    if (ok) {
      assertThat(outcome.failure()).isNull();
      assertThat(outcome.payload()).isEqualTo(Buffer.buffer(body).getBuffer(2, body.length));
      assertThat(outcome.headers()).isEmpty();
    } else {
      assertThat(failure(outcome).code()).isEqualTo(FailureCode.HANDLER);
    }
  }

  @Test
  void an_empty_error_is_a_failure() {
    Outcome outcome = outcome(
        new Content(new AMQP.BasicProperties.Builder(), Recording.hex("92a0c0")), "msgpack");

    assertThat(outcome.failure()).isEqualTo(new Failure(FailureCode.HANDLER, "", "", null));
  }

  @Test
  void a_marked_caller_gets_a_failure_as_it_was() {
    Content content = ReplyEncoder.failure(MARKED, FAILURE);

    assertThat(content.properties().build().getHeaders())
        .isEqualTo(Map.of(
            "tw-code", "HANDLER", "tw-type", "E", "tw-message", "no: never", "tw-details", "more"));
    assertThat(outcome(content, "msgpack").failure()).isEqualTo(FAILURE);
  }

  @Test
  void the_largest_failure_fits_into_a_frame() {
    String long8k = "ü".repeat(10_000);
    Content content =
        ReplyEncoder.failure(MARKED, new Failure(FailureCode.ENCODE, long8k, long8k, long8k));

    assertThat(failure(outcome(content, "msgpack")).message()).hasSize(Failure.MAX_TEXT / 2);
  }

  @Test
  void a_result_of_another_serializer_says_so() {
    Content content = ReplyEncoder.result(
        MARKED, "msgpack", Buffer.buffer("{}"), Map.of(Headers.SERIALIZER, "json"));

    assertThat(content.properties().build().getContentType()).isEqualTo("application/json");
    assertThat(outcome(content, "msgpack"))
        .isEqualTo(new Outcome(Buffer.buffer("{}"), Map.of(Headers.SERIALIZER, "json"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "cbor"})
  void a_serializer_has_one_content_type(String serializer) {
    assertThat(serializer(ContentTypes.of(serializer), "taskwire")).isEqualTo(serializer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream", "", "application/x-yaml"})
  void a_foreign_content_type_names_no_serializer(String contentType) {
    assertThat(serializer(contentType, null)).isNull();
  }

  @Test
  void everybodys_content_types_are_taken_of_everybody() {
    assertThat(serializer("application/json", null)).isEqualTo("json");
    assertThat(serializer("application/msgpack", "other")).isEqualTo("msgpack");
  }

  private static @Nullable String serializer(String contentType, @Nullable String appId) {
    return ContentTypes.serializer(
        new AMQP.BasicProperties.Builder().contentType(contentType).appId(appId).build());
  }

  @Test
  void a_raw_caller_gets_its_bytes_whatever_the_content_type() {
    Content content = new Content(
        new AMQP.BasicProperties.Builder().contentType("application/msgpack"),
        Recording.hex("92c0c40200ff"));

    assertThat(outcome(content, "raw").payload())
        .isEqualTo(Buffer.buffer(new byte[] {0, (byte) 0xff}));
  }

  @Test
  void reports_come_back_as_they_were() {
    assertThat(decode(ReplyEncoder.started(MARKED))).isEqualTo(new TaskReply.Started());
    assertThat(decode(ReplyEncoder.progress(MARKED, 3, 10)))
        .isEqualTo(new TaskReply.Progress(3, 10));
    assertThat(decode(ReplyEncoder.data(MARKED, Buffer.buffer("part"))))
        .isEqualTo(new TaskReply.Data(Buffer.buffer("part")));
  }

  @Test
  void a_report_is_not_for_who_would_take_it_for_the_result() {
    assertThatThrownBy(() -> ReplyEncoder.progress(PLAIN, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "/", "a/b", "3/"})
  void a_report_that_cannot_be_read_is_no_end(String progress) {
    AMQP.BasicProperties.Builder properties =
        new AMQP.BasicProperties.Builder().headers(Map.of("tw-progress", progress));

    assertThat(decode(new Content(properties, Recording.hex("92c0c0"))))
        .isEqualTo(new TaskReply.UnreadableReport());
  }

  @Test
  void a_body_that_cannot_be_read_is_a_failure_and_not_silence() {
    Outcome outcome = outcome(
        new Content(new AMQP.BasicProperties.Builder(), Recording.hex("93c0c0c0")), "msgpack");

    assertThat(failure(outcome).code()).isEqualTo(FailureCode.DECODE);
    assertThat(failure(outcome).message()).contains("3 elements");
  }

  @Test
  void only_who_keeps_its_results_gets_persistent_replies() {
    TaskRequest keeping = request("c-1", true, true);

    assertThat(ReplyEncoder.failure(keeping, FAILURE).properties().build().getDeliveryMode())
        .isEqualTo(2);
    assertThat(ReplyEncoder.failure(MARKED, FAILURE).properties().build().getDeliveryMode())
        .isNull();
  }

  private static Failure failure(Outcome outcome) {
    return Objects.requireNonNull(outcome.failure());
  }

  private static Outcome outcome(Content content, String format) {
    return ((TaskReply.End) TaskReply.decode(Wire.deliver(content), format)).outcome();
  }

  private static TaskReply decode(Content content) {
    return TaskReply.decode(Wire.deliver(content), "msgpack");
  }

  private static TaskRequest request(@Nullable String correlationId, boolean marked, boolean keep) {
    return new TaskRequest("id", correlationId, "r", marked, keep, OptionalInt.of(1), Map.of());
  }
}
