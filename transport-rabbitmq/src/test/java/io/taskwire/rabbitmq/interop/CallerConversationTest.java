/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskType;
import io.taskwire.rabbitmq.codec.Recording;
import io.taskwire.serializers.MsgpackSerializer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our caller in the conversations that were recorded, against a worker that says what aioqueue's said. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class CallerConversationTest {

  private static final TaskType<Object, Object> TASK = TaskType.untyped("wire_req");
  private static final TaskType<Buffer, Buffer> RAW = TaskType.raw("wire_req_raw");
  private static final MsgpackSerializer MSGPACK = new MsgpackSerializer();

  /** What the callers of the recording had, under the labels there. */
  private static final Map<String, Object> VALUES = values();

  private final RabbitmqBroker broker = RabbitmqBroker.create();
  private @Nullable TaskQueue opened;
  private @Nullable BarePeer connected;
  private @Nullable BlockingQueue<Delivery> requests;
  private @Nullable BlockingQueue<Delivery> rawRequests;

  @BeforeAll
  void start() throws Exception {
    broker.start();
    BarePeer peer = new BarePeer(broker.port());
    peer.declareTask(TASK.name());
    peer.declareTask(RAW.name());
    requests = peer.consume(TASK.name());
    rawRequests = peer.consume(RAW.name());
    connected = peer;
    opened = TaskQueue.open(broker.url());
  }

  @AfterAll
  void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
    if (connected != null) {
      connected.close();
    }
    broker.close();
  }

  static List<JsonObject> recordedRequests() {
    return Recording.requests();
  }

  @ParameterizedTest
  @MethodSource("recordedRequests")
  void our_request_is_the_recorded_one(JsonObject line) throws Exception {
    String label = line.getString("label");
    assertThat(VALUES).containsKey(label);
    Object value = VALUES.get(label);
    boolean raw = line.getBoolean("raw");
    boolean wanted = line.getJsonObject("properties").containsKey("reply_to");
    SubmitOptions options = wanted ? SubmitOptions.create() : SubmitOptions.noResponse();

    TaskHandle<?> task = raw
        ? Await.value(queue().task(RAW, Buffer.buffer((byte[]) value), options))
        : Await.value(queue().task(TASK, value, options));
    Delivery request = next(raw);

    assertThat(HexFormat.of().formatHex(request.getBody())).isEqualTo(line.getString("body"));
    assertThat(request.getEnvelope().getExchange()).isEmpty();
    assertThat(request.getEnvelope().isRedeliver()).isFalse();
    AMQP.BasicProperties properties = request.getProperties();
    assertThat(properties)
        .isEqualTo(new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .correlationId(task.id())
            .replyTo(wanted ? properties.getReplyTo() : null)
            // Beside what was recorded: the mark, and what a message that is returned is known by.
            .appId("taskwire")
            .messageId(properties.getMessageId())
            .build());
    if (wanted) {
      assertThat(properties.getReplyTo()).startsWith("taskwire.reply.");
      peer().reply(request, Recording.hex("92c0c0"));
    }
    Object nothing = Await.value(task.result());
    assertThat(nothing == null || Buffer.buffer().equals(nothing)).isTrue();
  }

  @Test
  void our_queue_is_declared_as_aioqueue_declares_it_whoever_comes_first() throws Exception {
    TaskHandle<Object> task =
        Await.value(queue().task(TaskType.untyped("ours_first"), "x", SubmitOptions.noResponse()));

    peer().declareTask("ours_first");
    assertThat(peer().consume("ours_first").poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(task.id()).isNotEmpty();
  }

  @Test
  void what_aioqueue_cannot_send_ours_does_not_send_either() {
    Future<?> refused = queue().task(TASK, BigInteger.TWO.pow(64));

    Await.failure(refused, TaskSerializationException.class);
  }

  static List<JsonObject> recordedReplies() {
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject line : Recording.replies()) {
      JsonObject reply = line.getJsonObject("reply");
      if (reply != null) {
        all.add(new JsonObject()
            .put("label", line.getString("label"))
            .put("body", reply.getString("body")));
      }
    }
    for (JsonObject line : Recording.roundTrips()) {
      all.add(new JsonObject()
          .put("label", line.getString("sent"))
          .put("body", line.getString("reply_body")));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("recordedReplies")
  void our_caller_takes_the_recorded_reply(JsonObject line) throws Exception {
    byte[] body = Recording.hex(line.getString("body"));
    TaskHandle<Object> task = Await.value(queue().task(TASK, "hello"));
    peer().reply(next(false), body);

    if (isError(body)) {
      assertThat(said(task)).isEqualTo(errorText(body));
    } else if ((body[2] & 0xff) == 0xd4) {
      // An extension, of which neither side makes anything; a raw caller takes it.
      assertThat(Await.failure(task.result(), TaskSerializationException.class))
          .hasMessageContaining("extension");
    } else {
      assertThat(MSGPACK.encode(Await.value(task.result()), Object.class))
          .isEqualTo(Buffer.buffer(Arrays.copyOfRange(body, 2, body.length)));
    }
  }

  @ParameterizedTest
  @MethodSource("recordedReplies")
  void our_raw_caller_takes_the_recorded_reply(JsonObject line) throws Exception {
    byte[] body = Recording.hex(line.getString("body"));
    TaskHandle<Buffer> task = Await.value(queue().task(RAW, Buffer.buffer("hello")));
    peer().reply(next(true), body);

    if (isError(body)) {
      assertThat(said(task)).isEqualTo(errorText(body));
    } else {
      int first = body[2] & 0xff;
      int head = first == 0xc4 ? 2 : first == 0xc0 || (first >= 0xa0 && first <= 0xbf) ? 1 : 0;
      assertThat(Await.value(task.result()))
          .isEqualTo(Buffer.buffer(Arrays.copyOfRange(body, 2 + head, body.length)));
    }
  }

  @Test
  void a_reply_that_is_none_fails_its_task_and_no_other() throws Exception {
    TaskHandle<Object> bad = Await.value(queue().task(TASK, 1));
    Delivery first = next(false);
    TaskHandle<Object> good = Await.value(queue().task(TASK, 2));
    Delivery second = next(false);

    peer().reply(first, Recording.hex("93c0c0c0"));
    peer().reply(second, Recording.hex("92c002"));

    assertThat(Await.failure(bad.result(), RemoteTaskException.class))
        .hasMessageContaining("3 elements");
    assertThat(Await.value(good.result())).isEqualTo(2L);
  }

  @Test
  void a_reply_with_another_correlation_id_ends_no_task() throws Exception {
    TaskHandle<Object> task = Await.value(queue().task(TASK, 1));
    Delivery request = next(false);
    String replies = request.getProperties().getReplyTo();

    peer().publish(replies, new AMQP.BasicProperties(), Recording.hex("92c001"));
    peer()
        .publish(
            replies,
            new AMQP.BasicProperties.Builder().correlationId("nobody's").build(),
            Recording.hex("92c001"));
    peer().reply(request, Recording.hex("92c003"));

    assertThat(Await.value(task.result())).isEqualTo(3L);
  }

  private static boolean isError(byte[] body) {
    return (body[1] & 0xff) != 0xc0;
  }

  private static @Nullable String errorText(byte[] body) {
    return (String)
        MSGPACK.decode(Buffer.buffer(Arrays.copyOfRange(body, 1, body.length - 1)), Object.class);
  }

  /** The worker's text: ours splits what looks like a type from it. */
  private static String said(TaskHandle<?> task) {
    RemoteTaskException failure = Await.failure(task.result(), RemoteTaskException.class);
    String type = failure.remoteType();
    return type.isEmpty() ? failure.remoteMessage() : type + ": " + failure.remoteMessage();
  }

  private Delivery next(boolean raw) {
    return Await.next(Objects.requireNonNull(raw ? rawRequests : requests));
  }

  private TaskQueue queue() {
    return Objects.requireNonNull(opened);
  }

  private BarePeer peer() {
    return Objects.requireNonNull(connected);
  }

  private static Map<String, Object> values() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("b", null);
    inner.put("c", List.of(true, false));
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("a", List.of(1, 2.5, inner));
    nested.put("ü", Map.of("x", List.of()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("dict", Map.of("message", "hello"));
    all.put("str", "hello");
    all.put("bytes as data", new byte[] {0, 1, (byte) 0xff});
    all.put("bytes raw", Recording.hex("0001ff6e6f74206d73677061636b"));
    all.put("empty bytes raw", new byte[0]);
    all.put("unicode", "żółw ✓ 🐢");
    all.put("nested", nested);
    all.put("big int 2**63", BigInteger.TWO.pow(63));
    all.put("big int 2**64-1", BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    all.put("negative -2**63", Long.MIN_VALUE);
    all.put("list", List.of(1, "two", new byte[] {'3'}));
    all.put("empty dict", Map.of());
    all.put("int keys", Map.of(1, "one"));
    all.put("float", 1.5);
    all.put("bool", true);
    all.put("str of 40 bytes", "x".repeat(40));
    all.put("nested dict with bytes value", Map.of("k", new byte[] {'v'}));
    all.put("no_response=True", Map.of("message", "fire and forget"));
    all.put("None", null);
    return Collections.unmodifiableMap(all);
  }
}
