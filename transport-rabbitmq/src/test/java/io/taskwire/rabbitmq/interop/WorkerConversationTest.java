/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import io.taskwire.TaskFailure;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.rabbitmq.codec.Recording;
import io.taskwire.serializers.MsgpackSerializer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our worker in the place of the one that was recorded: it gets each request, and answers what that one answered. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class WorkerConversationTest {

  private static final MsgpackSerializer MSGPACK = new MsgpackSerializer();

  private final RabbitmqBroker broker = RabbitmqBroker.create();
  private @Nullable TaskQueue durable;
  private @Nullable TaskQueue nonDurable;
  private @Nullable BarePeer connected;
  private @Nullable BlockingQueue<Delivery> received;
  private String replyTo = "";

  @BeforeAll
  void start() throws Exception {
    broker.start();
    BarePeer peer = new BarePeer(broker.port());
    connected = peer;
    replyTo = peer.declareReplies();
    received = peer.consume(replyTo);
    TaskQueue queue = TaskQueue.open(broker.url());
    durable = queue;
    queue.on("wire_work", WorkerConversationTest::work);
    queue.onAsync(
        "wire_async",
        data -> "raise".equals(data)
            ? Future.failedFuture(new TaskFailure("from", "coroutine"))
            : Future.succeededFuture(Map.of("async", data)));
    queue.on(TaskType.raw("wire_raw"), body -> body);
    Await.value(queue.start());
    TaskQueue other = TaskQueue.open(broker.url() + "?durable=false");
    nonDurable = other;
    other.on("wire_nondurable", WorkerConversationTest::work);
    Await.value(other.start());
  }

  /** What the recorded worker's handler did. */
  private static @Nullable Object work(@Nullable Object data) {
    if ("tuple".equals(data)) {
      return Arrays.asList(1, "two", null);
    }
    if ("bytes".equals(data)) {
      return new byte[] {0, (byte) 0xff};
    }
    if ("raise".equals(data)) {
      throw new TaskFailure("wrong", "żółw");
    }
    if ("raise empty".equals(data) || "raise keyerror".equals(data)) {
      throw new IllegalStateException();
    }
    return "object".equals(data) ? BigInteger.TWO.pow(64) : data; // which msgpack cannot have
  }

  @AfterAll
  void everything_was_acknowledged() throws Exception {
    try {
      for (TaskQueue queue : Arrays.asList(durable, nonDurable)) {
        if (queue != null) {
          queue.close();
        }
      }
      for (String queue : List.of("wire_work", "wire_async", "wire_raw", "wire_nondurable")) {
        assertThat(peer().waiting(queue)).as(queue).isZero();
      }
    } finally {
      if (connected != null) {
        connected.close();
      }
      broker.close();
    }
  }

  static List<JsonObject> recorded() {
    return Recording.replies();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void our_worker_answers_as_the_recorded_one(JsonObject line) throws Exception {
    JsonObject reply = line.getJsonObject("reply");
    boolean wanted = line.getJsonObject("request_properties").containsKey("reply_to");
    send(line);
    if (!wanted) {
      assertThat(reply).isNull();
      send(aliveOn(line.getString("queue"))); // nothing else comes before the answer to this
      assertThat(hex(next())).isEqualTo("92c0a5616c697665");
      return;
    }
    Delivery answer = next();

    AMQP.BasicProperties properties = answer.getProperties();
    assertThat(properties)
        .isEqualTo(new AMQP.BasicProperties.Builder()
            .correlationId(line.getJsonObject("request_properties").getString("correlation_id"))
            .build());
    assertThat(answer.getEnvelope().getExchange()).isEmpty();
    String label = line.getString("label");
    if (reply == null) {
      // aioqueue's worker was stuck here, the next request with it.
      if (label.startsWith("next")) {
        assertThat(hex(answer)).isEqualTo("92c0" + line.getString("request_body"));
      } else {
        assertThat(errorText(answer)).startsWith("ENCODE: ");
      }
    } else if (isOurs(label)) {
      assertThat(hex(answer)).isEqualTo(reply.getString("body"));
    } else if (label.equals("raw handler")) {
      assertThat(hex(answer)).isEqualTo("92c0c40cc16e6f74206d73677061636b");
    } else if (label.equals("timestamp ext (-1)")) {
      // aioqueue cannot read it; ours can, and writes it as a text that both can read.
      assertThat(hex(answer))
          .startsWith("92c0b4")
          .endsWith(HexFormat.of().formatHex("Z".getBytes(UTF_8)));
    } else {
      assertThat(errorText(answer)).isNotEmpty();
    }
  }

  /** Whether the content of the reply is the handler's choice; the words for what cannot be read are each worker's own. */
  private static boolean isOurs(String label) {
    return label.startsWith("ok: ")
        || label.equals("exception")
        || label.equals("coroutine handler")
        || label.equals("no correlation_id in the request")
        || label.startsWith("request with content_type")
        || label.equals("non-durable queue")
        || label.equals("still serving");
  }

  @Test
  void what_cannot_be_read_is_answered_as_such_and_our_worker_goes_on() throws Exception {
    for (String body : List.of("c1", "9301", "", "a2fffe", "010203")) {
      send(request("wire_work", body));
      assertThat(errorText(next())).as(body).startsWith("DECODE: ");
    }
    send(aliveOn("wire_work"));
    assertThat(hex(next())).isEqualTo("92c0a5616c697665");
  }

  static List<JsonObject> recordedRequests() {
    return Recording.requests();
  }

  /** With what aioqueue's callers published, whatever it was. */
  @ParameterizedTest
  @MethodSource("recordedRequests")
  void our_worker_gives_back_what_a_recorded_request_has(JsonObject line) throws Exception {
    String body = line.getString("body");
    if (line.getBoolean("raw")) {
      send(request("wire_raw", body));
      assertThat(hex(next())).isEqualTo("92c0c4" + String.format("%02x", body.length() / 2) + body);
    } else {
      send(request("wire_work", body));
      assertThat(hex(next())).isEqualTo("92c0" + body);
    }
  }

  private static JsonObject aliveOn(String queue) {
    return request(queue, "a5616c697665");
  }

  private static JsonObject request(String queue, String body) {
    return new JsonObject()
        .put("queue", queue)
        .put("request_body", body)
        .put("request_properties", new JsonObject().put("correlation_id", "c").put("reply_to", ""));
  }

  private void send(JsonObject line) throws Exception {
    JsonObject said = line.getJsonObject("request_properties");
    AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
        .correlationId(said.getString("correlation_id"))
        .contentType(said.getString("content_type"))
        .messageId(said.getString("message_id"))
        .priority(said.getInteger("priority"))
        .deliveryMode(said.getInteger("delivery_mode"));
    if (said.containsKey("headers")) {
      properties.headers(said.getJsonObject("headers").getMap());
    }
    if (said.containsKey("reply_to")) {
      properties.replyTo(replyTo);
    }
    peer()
        .publish(
            line.getString("queue"),
            properties.build(),
            Recording.hex(line.getString("request_body")));
  }

  private Delivery next() {
    return Await.next(Objects.requireNonNull(received));
  }

  private static String hex(Delivery message) {
    return HexFormat.of().formatHex(message.getBody());
  }

  /** The text in the error's place, of a reply that has one. */
  private static String errorText(Delivery message) {
    List<?> reply = (List<?>)
        Objects.requireNonNull(MSGPACK.decode(Buffer.buffer(message.getBody()), Object.class));
    assertThat(reply).hasSize(2);
    assertThat(reply.get(1)).isNull();
    return (String) Objects.requireNonNull(reply.get(0));
  }

  private BarePeer peer() {
    return Objects.requireNonNull(connected);
  }
}
