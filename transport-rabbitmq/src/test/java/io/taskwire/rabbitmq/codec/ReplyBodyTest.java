/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBodyTest {

  /** Body, format, and the payload that both sides see. */
  @ParameterizedTest
  @CsvSource(textBlock = """
          92c0a568656c6c6f,       msgpack, a568656c6c6f
          92c0c0,                 msgpack, c0
          92c082a76d657373616765a568656c6c6fa16e01, msgpack, 82a76d657373616765a568656c6c6fa16e01
          92c0d40501,             msgpack, d40501
          92c0c40200ff,           raw,     00ff
          92c0c400,               raw,     ''
          92c0c4027b7d,           json,    7b7d
          """)
  void a_result_and_its_bytes(String body, String format, String payload) throws Exception {
    assertThat(hex(ReplyBody.encode(format, buffer(payload)))).isEqualTo(body);
    assertThat(ReplyBody.decode(bytes(body), format))
        .isEqualTo(new ReplyBody.Result(buffer(payload)));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          92a0c0,                             ''
          92a577726f6e67c0,                   wrong
          92ae77726f6e673a20c5bcc3b3c58277c0, wrong: żółw
          92a9276d697373696e6727c0,           "'missing'"
          """, quoteCharacter = '"')
  void an_error_and_its_bytes(String body, String text) throws Exception {
    String said = text.equals("''") ? "" : text;
    assertThat(hex(ReplyBody.encodeError(Buffer.buffer(said)))).isEqualTo(body);
    assertThat(ReplyBody.decode(bytes(body), "msgpack"))
        .isEqualTo(new ReplyBody.Failed(Buffer.buffer(said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536, 70_000})
  void every_length_of_texts_and_of_bytes_has_its_shortest_form(int length) throws Exception {
    Buffer content = Buffer.buffer("x".repeat(length));
    byte[] error = ReplyBody.encodeError(content);
    byte[] result = ReplyBody.encode("raw", content);

    int text = length < 32 ? 1 : length < 256 ? 2 : length < 65_536 ? 3 : 5;
    int binary = length < 256 ? 2 : length < 65_536 ? 3 : 5;
    assertThat(error).hasSize(1 + text + length + 1);
    assertThat(result).hasSize(2 + binary + length);
    assertThat(ReplyBody.decode(error, "raw")).isEqualTo(new ReplyBody.Failed(content));
    assertThat(ReplyBody.decode(result, "raw")).isEqualTo(new ReplyBody.Result(content));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          92c0a3616263,       616263
          92c0d903616263,     616263
          92c0da0003616263,   616263
          92c0c500020102,     0102
          92c0c6000000020102, 0102
          92c0c0,             ''
          92c005,             05
          92c0920102,         920102
          dc0002c0c40107,     07
          dd00000002c0c40107, 07
          92c0c40107ffff,     07
          """)
  void a_raw_caller_gets_the_content_of_bytes_and_texts_and_else_the_msgpack(
      String body, String payload) throws Exception {
    assertThat(ReplyBody.decode(bytes(body), "raw"))
        .isEqualTo(new ReplyBody.Result(buffer(payload)));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          9207c0,               'the error is no text, but this msgpack: 07'
          92c2c0,               'the error is no text, but this msgpack: c2'
          9292a16101c0,         'the error is no text, but this msgpack: 92a16101'
          92c403626164c0,       bad
          """)
  void an_error_may_be_any_value(String body, String text) throws Exception {
    assertThat(ReplyBody.decode(bytes(body), "msgpack"))
        .isEqualTo(new ReplyBody.Failed(Buffer.buffer(text)));
  }

  @ParameterizedTest
  @CsvSource(textBlock = """
          '',               ends before
          c0,               no msgpack array
          82c0c0c0c0,       no msgpack array
          90,               0 elements
          91c0,             1 elements
          93c0c0c0,         3 elements
          dcffff,           65535 elements
          ddffffffff,       4294967295 elements
          92c0c1,           byte c1
          92c0dbffffffff00, ends before
          92c0c6ffffffff00, ends before
          92c0c9ffffffff00, ends before
          92c0ddffffffff00, ends before
          92c0dfffffffff00, ends before
          """)
  void what_is_no_reply_is_refused_and_said(String body, String why) {
    assertThatThrownBy(() -> ReplyBody.decode(bytes(body), "msgpack"))
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining(why);
  }

  static List<String> bodies() {
    List<String> all = new ArrayList<>(List.of(
        "92c0cb3ff8000000000000",
        "92c0ca3ff80000",
        "92c0d0ff",
        "92c0d1ffff",
        "92c0d2ffffffff",
        "92c0d3ffffffffffffffff",
        "92c0cdffff",
        "92c0ceffffffff",
        "92c0cfffffffffffffffff",
        "92c0d5050102",
        "92c0d60501020304",
        "92c0d7050102030405060708",
        "92c0d80501020304050607080910111213141516",
        "92c0c7020501ff",
        "92c0c800020501ff",
        "92c0c9000000020501ff",
        "92c0dc0002a161d90162",
        "92c0dd00000002c501000" + "0".repeat(511) + "c2",
        "92c0de0001a16182a162c3a163e0",
        "92c0df00000001a1619101",
        "92c0db0000000161",
        "92c0da000161"));
    for (JsonObject line : Recording.replies()) {
      JsonObject reply = line.getJsonObject("reply");
      if (reply != null) {
        all.add(reply.getString("body"));
      }
    }
    Recording.roundTrips().forEach(line -> all.add(line.getString("reply_body")));
    return all;
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_cut_anywhere_is_malformed_and_only_whole_it_is_read(String body) throws Exception {
    byte[] whole = bytes(body);
    assertThat(ReplyBody.decode(whole, "msgpack")).isNotNull();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ReplyBody.decode(cut, "msgpack"))
          .isInstanceOf(MalformedReplyException.class);
    }
  }

  @Test
  void a_million_arrays_within_each_other_take_no_stack() throws Exception {
    byte[] deep = new byte[1_000_003];
    Arrays.fill(deep, (byte) 0x91);
    deep[0] = (byte) 0x92;
    deep[1] = (byte) 0xc0;
    deep[deep.length - 1] = (byte) 0xc0;

    assertThat(((ReplyBody.Result) ReplyBody.decode(deep, "msgpack")).payload().length())
        .isEqualTo(1_000_001);
  }

  private static byte[] bytes(String hex) {
    return Recording.hex(hex);
  }

  private static Buffer buffer(String hex) {
    return Buffer.buffer(bytes(hex));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
