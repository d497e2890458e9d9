/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Secret;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueOptionsTest {

  private final QueueOptions.Builder builder = QueueOptions.builder();

  @Test
  void setters_keep_what_they_are_given() {
    builder
        .uri("memory:")
        .retry(Duration.ofMillis(1500))
        .retryAttempts(3)
        .retryBackoff(Backoff.EXPONENTIAL)
        .retryMax(ofMinutes(2))
        .connectTimeout(ofSeconds(3))
        .acceptTimeout(ofSeconds(4))
        .resultTimeout(ofSeconds(5))
        .maxInFlight(6)
        .maxPending(7)
        .maxAwaiting(8)
        .maxPayload(9_000)
        .concurrency(10)
        .asyncConcurrency(11)
        .handlerTimeout(ofSeconds(12))
        .maxAttempts(13)
        .onFailure(OnFailure.DROP)
        .drainTimeout(Duration.ZERO)
        .serializer("json")
        .envelope(EnvelopeMode.NEVER)
        .callSites(true)
        .set("beanstalk.ttr", "14s");

    assertThat(builder.build())
        .hasToString(
            "QueueOptions{url=memory:, retry=1500ms, retryAttempts=3, retryBackoff=exponential,"
                + " retryMax=2m, connectTimeout=3s, acceptTimeout=4s, resultTimeout=5s, maxInFlight=6,"
                + " maxPending=7, maxAwaiting=8, maxPayload=9000, concurrency=10, asyncConcurrency=11,"
                + " handlerTimeout=12s, maxAttempts=13, onFailure=drop, drainTimeout=0s, serializer=json,"
                + " envelope=never, callSites=true, beanstalk.ttr=***}");
    assertThat(builder.build().values()).containsEntry("beanstalk.ttr", Secret.of("14s"));
  }

  @Test
  void nothing_is_set_at_first() {
    assertThat(builder.build().values()).isEmpty();
    assertThat(builder.build().listeners()).isEmpty();
    assertThat(builder.build().serializerObject()).isNull();
    assertThat(builder.build()).hasToString("QueueOptions{}");
  }

  @Test
  void off_has_methods_of_its_own() {
    builder.retryOff().noResultTimeout().noHandlerTimeout();

    assertThat(builder.build().values())
        .containsExactly(
            Map.entry("retry", Secret.of("off")),
            Map.entry("resultTimeout", Secret.of("off")),
            Map.entry("handlerTimeout", Secret.of("off")));
  }

  @Test
  void zero_is_not_taken_for_off() {
    refused("retry", "call retryOff()", () -> builder.retry(Duration.ZERO));
    refused("resultTimeout", "call noResultTimeout()", () -> builder.resultTimeout(Duration.ZERO));
    refused("handlerTimeout", "noHandlerTimeout()", () -> builder.handlerTimeout(Duration.ZERO));
  }

  @Test
  void values_out_of_range_are_refused_at_once() {
    refused(
        "maxInFlight", "'0': out of range. Valid: 1 to 1,000,000.", () -> builder.maxInFlight(0));
    refused("retry", "'PT-1S'", () -> builder.retry(ofSeconds(-1)));
    refused("retry", "1ms to 24h", () -> builder.retry(Duration.ofSeconds(Long.MAX_VALUE)));
    refused("retry", "'PT0.0000005S'", () -> builder.retry(Duration.ofNanos(500)));
    refused("drainTimeout", "0s to 24h", () -> builder.drainTimeout(ofSeconds(-1)));
    refused("maxPayload", "'1023'", () -> builder.maxPayload(1_023));
    assertThat(builder.build().values()).isEmpty();
  }

  @Test
  void core_options_can_be_set_by_key_and_are_checked_at_once() {
    builder.set("maxInFlight", " 1_000 ").set("maxPayload", "64KiB").set("retry", "OFF");

    assertThat(builder.build())
        .hasToString("QueueOptions{maxInFlight=1000, maxPayload=64KiB, retry=off}");
    refused("maxInFlight", "'none': not a whole number", () -> builder.set("maxInFlight", "none"));
    refused("retry", "'1d12h'", () -> builder.set("retry", "1d12h"));
  }

  @Test
  void setting_twice_keeps_the_last() {
    builder.retry(ofSeconds(1)).maxInFlight(1).retryOff();

    assertThat(builder.build()).hasToString("QueueOptions{retry=off, maxInFlight=1}");
  }

  @Test
  void a_serializer_is_a_name_or_an_object_whichever_is_last() {
    Serializer object = new NamedSerializer();

    QueueOptions options = builder.serializer("json").serializer(object).build();
    assertThat(options.serializerObject()).isSameAs(object);
    assertThat(options).hasToString("QueueOptions{serializer=named}");
    assertThat(builder.serializer("json").build().serializerObject()).isNull();
    builder.serializer(object).set("serializer", "json");
    assertThat(builder.build().serializerObject()).isNull();
  }

  @Test
  void listeners_add_up() {
    QueueListener one = new QueueListener() {};
    QueueListener two = new QueueListener() {};

    assertThat(builder.listener(one).listener(two).build().listeners()).containsExactly(one, two);
    assertThat(builder.build()).hasToString("QueueOptions{listeners=2}");
  }

  @Test
  void options_do_not_change_with_the_builders_they_come_from_or_go_to() {
    QueueOptions options = builder
        .maxInFlight(1)
        .listener(new QueueListener() {})
        .serializer(new NamedSerializer())
        .build();
    builder.maxInFlight(2);

    QueueOptions.Builder copy = options.toBuilder();
    assertThat(copy.build()).hasToString(options.toString());
    assertThat(copy.build().listeners()).isEqualTo(options.listeners());
    assertThat(copy.build().serializerObject()).isSameAs(options.serializerObject());
    copy.maxInFlight(3).listener(new QueueListener() {});

    assertThat(options).hasToString("QueueOptions{maxInFlight=1, serializer=named, listeners=1}");
    assertThatThrownBy(() -> options.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @MethodSource("io.taskwire.spi.CoreOptions#all")
  void every_core_option_has_a_setter_of_its_name(Option<?> option) {
    String name = option == CoreOptions.URL ? "uri" : option.key();

    assertThat(Arrays.stream(QueueOptions.Builder.class.getMethods()).map(Method::getName))
        .contains(name);
  }

  private static void refused(String key, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidOptionException.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageStartingWith("Option '" + key + "' (QueueOptions) can't have the value ")
        .hasMessageContaining(message);
  }

  private static final class NamedSerializer implements Serializer {

    @Override
    public String name() {
      return "named";
    }

    @Override
    public Buffer encode(@Nullable Object value, Type type) {
      throw new UnsupportedOperationException("only the name counts");
    }

    @Override
    public @Nullable Object decode(Buffer payload, Type type) {
      throw new UnsupportedOperationException("only the name counts");
    }
  }
}
