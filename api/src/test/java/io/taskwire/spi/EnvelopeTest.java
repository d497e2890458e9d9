/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.EnvelopeMode;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static Buffer hex(String digits) {
    return Buffer.buffer(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  @Test
  void is_the_mark_a_map_and_the_payload() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("id", "7");
    headers.put("x-tenant", "t");

    Buffer body = Envelope.encode(headers, Buffer.buffer("hi"));

    assertThat(body).isEqualTo(hex("c1545701 82 a26964 a137 a8782d74656e616e74 a174 6869"));
    Envelope opened = Envelope.open(EnvelopeMode.AUTO, body);
    assertThat(opened.present()).isTrue();
    assertThat(opened.headers()).containsExactlyEntriesOf(headers);
    assertThat(opened.payload()).isEqualTo(Buffer.buffer("hi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c1",
        "c15457",
        "c1545701",
        "c1545702 80",
        "c1545701 81",
        "c1545701 81 a26964",
        "c1545701 81 a26964 a2 37",
        "c1545701 81 a26964 01",
        "c1545701 81 c0 a137",
        "c1545701 82 a26964 a137 a26964 a138",
        "c1545701 df ffffffff",
        "c1545701 de ffff a0 a0",
        "c1545701 81 db 7fffffff a0",
        "c1545701 81 a2 c328 a137",
        "c1545701 90",
        "c1 54 57 01 c0"
      })
  void is_not_seen_in_a_body_without_a_complete_map(String digits) {
    Buffer body = hex(digits);

    Envelope opened = Envelope.open(EnvelopeMode.AUTO, body);

    assertThat(opened.present()).isFalse();
    assertThat(opened.payload()).isEqualTo(body);
  }

  @Test
  void is_left_out_where_nothing_needs_it() {
    Buffer payload = Buffer.buffer("plain");

    assertThat(Envelope.wrap(EnvelopeMode.AUTO, Map.of(), payload)).isSameAs(payload);
    assertThat(Envelope.wrap(EnvelopeMode.NEVER, Map.of(), payload)).isSameAs(payload);
  }

  @Test
  void is_put_around_a_payload_that_looks_like_one() {
    Buffer payload = Envelope.encode(Map.of("id", "1"), Buffer.buffer("inner"));

    Buffer body = Envelope.wrap(EnvelopeMode.AUTO, Map.of(), payload);

    assertThat(Envelope.open(EnvelopeMode.AUTO, body).payload()).isEqualTo(payload);
  }

  @Test
  void is_neither_looked_for_nor_written_if_never_wanted() {
    Buffer body = Envelope.encode(Map.of("id", "1"), Buffer.buffer("inner"));

    assertThat(Envelope.open(EnvelopeMode.NEVER, body).payload()).isEqualTo(body);
    assertThatThrownBy(() -> Envelope.wrap(EnvelopeMode.NEVER, Map.of("x-a", "b"), body))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x-a");
  }

  @Test
  void answers_an_enveloped_request_with_an_envelope_and_a_plain_one_plainly() {
    Buffer result = Buffer.buffer("42");

    assertThat(Envelope.open(
            EnvelopeMode.AUTO, Envelope.wrapReply(EnvelopeMode.AUTO, true, Map.of(), result)))
        .isEqualTo(new Envelope(true, Map.of(), result));
    assertThat(Envelope.wrapReply(EnvelopeMode.AUTO, false, Map.of(), result)).isSameAs(result);
  }

  @Test
  void refuses_more_headers_than_a_reader_would_take() {
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i <= Envelope.MAX_HEADERS; i++) {
      many.put("x-" + i, "");
    }

    assertThatThrownBy(() -> Envelope.encode(many, Buffer.buffer()))
        .hasMessageContaining("at most 128 headers");
    assertThatThrownBy(() ->
            Envelope.encode(Map.of("x", "y".repeat(Envelope.MAX_HEADER_BYTES)), Buffer.buffer()))
        .hasMessageContaining("bytes");
  }

  @Property
  void gives_back_what_was_put_in(
      @ForAll @Size(max = 20) Map<String, String> headers, @ForAll byte[] payload) {
    Map<String, String> texts = new LinkedHashMap<>();
    headers.forEach((name, value) -> texts.put(valid(name), valid(value)));

    Envelope opened =
        Envelope.open(EnvelopeMode.AUTO, Envelope.encode(texts, Buffer.buffer(payload)));

    assertThat(opened).isEqualTo(new Envelope(true, texts, Buffer.buffer(payload)));
  }

  /** Unpaired surrogates cannot travel as UTF-8: they become question marks before the test begins. */
  private static String valid(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  @Property
  void never_fails_on_any_bytes(@ForAll byte[] tail) {
    Buffer body = hex("c1545701").appendBytes(tail);

    Envelope opened = Envelope.open(EnvelopeMode.AUTO, body);

    assertThat(opened.present() || opened.payload().equals(body)).isTrue();
  }
}
