/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import io.taskwire.spi.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeadersPropertiesTest {

  @Property
  void what_users_and_this_library_send_along_comes_back(
      @ForAll("headers") Map<String, String> headers) {
    Content content =
        new RequestEncoder("r", false, 0).encode(Wire.submission(true, headers), "id-1");

    assertThat(TaskRequest.decode(Wire.deliver(content)).headers()).isEqualTo(headers);
  }

  @Property
  void rabbitmq_never_finds_a_name_that_it_reads(@ForAll("headers") Map<String, String> headers) {
    AMQP.BasicProperties properties = new RequestEncoder("r", false, 0)
        .encode(Wire.submission(true, headers), "id-1")
        .properties()
        .build();

    if (properties.getHeaders() != null) {
      assertThat(properties.getHeaders().keySet())
          .noneMatch(name -> name.startsWith("x-") || name.equals("CC") || name.equals("BCC"));
    }
  }

  @Property
  void nothing_that_others_send_stops_a_worker_or_a_caller(
      @ForAll("tables") Map<String, Object> table, @ForAll byte[] body, @ForAll boolean again) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().headers(table).build();
    Delivery message = new Delivery(new Envelope(1, again, "", "orders"), properties, body);

    TaskRequest request = TaskRequest.decode(message);
    assertThat(request.attempt().orElseThrow()).isPositive();
    assertThat(RequestCopy.of(message, 2).properties().build().getHeaders())
        .containsEntry("tw-attempt", "2");
    assertThat(TaskReply.decode(message, "msgpack")).isNotNull();
    assertThat(TaskReply.decode(message, "raw")).isNotNull();
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> users = Arbitraries.oneOf(
            Arbitraries.strings().alpha().ofMaxLength(20),
            Arbitraries.of(
                "x-a", "x-death", "tw-code", "tw-x-a", "CC", "BCC", "cc", "tw-", "x-", "ü"))
        .map(name -> Headers.USER + name);
    Arbitrary<String> names = Arbitraries.oneOf(
        users,
        Arbitraries.of(Headers.PROGRESS, Headers.DEADLINE, Headers.CODE, Headers.SERIALIZER));
    Arbitrary<String> values = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(50);
    return Arbitraries.maps(names, values).ofMaxSize(10);
  }

  @Provide
  Arbitrary<Map<String, Object>> tables() {
    Arbitrary<String> names = Arbitraries.of(
        "tenant",
        "tw-attempt",
        "tw-progress",
        "tw-data",
        "tw-started",
        "tw-code",
        "tw-type",
        "tw-message",
        "tw-keep",
        "tw-deadline",
        "x-delivery-count",
        "x-death",
        "CC",
        "tw-",
        "");
    Arbitrary<Object> values = Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
        Arbitraries.longs().map(Object.class::cast),
        Arbitraries.doubles().map(Object.class::cast),
        Arbitraries.just(true),
        Arbitraries.just(List.of("a")),
        Arbitraries.just(new byte[] {1}));
    return Arbitraries.maps(names, values).ofMaxSize(8).map(LinkedHashMap::new);
  }
}
