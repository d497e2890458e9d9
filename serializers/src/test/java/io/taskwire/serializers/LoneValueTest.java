/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class LoneValueTest {

  private final MsgpackSerializer serializer = new MsgpackSerializer();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536})
  void bytes_of_every_form_of_head_are_written_as_msgpack_core_writes_them_and_read_back(int length)
      throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    byte[] expected;
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packBinaryHeader(length).writePayload(bytes);
      expected = packer.toByteArray();
    }

    assertThat(serializer.encode(bytes, byte[].class).getBytes()).isEqualTo(expected);
    assertThat(serializer.encode(Buffer.buffer(bytes), Buffer.class).getBytes())
        .isEqualTo(expected);
    assertThat(LoneValue.bytes(Buffer.buffer(expected))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536})
  void text_of_every_form_of_head_is_written_as_msgpack_core_writes_it_and_read_back(int length)
      throws IOException {
    String text = "x".repeat(length);
    byte[] expected;
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packString(text);
      expected = packer.toByteArray();
    }

    assertThat(serializer.encode(text, String.class).getBytes()).isEqualTo(expected);
    assertThat(LoneValue.text(Buffer.buffer(expected))).isEqualTo(text);
  }

  @Test
  void a_head_that_announces_more_or_less_than_there_is_is_refused() {
    for (int announced : new int[] {2, 4}) {
      Buffer bin = Buffer.buffer(new byte[] {(byte) 0xc4, (byte) announced, 1, 2, 3});
      Buffer str = Buffer.buffer(new byte[] {(byte) (0xa0 | announced), 'a', 'b', 'c'});

      assertThatThrownBy(() -> serializer.decode(bin, byte[].class))
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> serializer.decode(str, String.class))
          .isInstanceOf(SerializationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 256, 65_536})
  void payloads_that_are_cut_off_are_refused(int length) {
    Buffer bytes = serializer.encode(new byte[length], byte[].class);
    Buffer text = serializer.encode("x".repeat(length), String.class);

    for (int cut = 0; cut < 6; cut++) {
      Buffer cutBytes = bytes.getBuffer(0, Math.min(cut, bytes.length() - 1));
      Buffer cutText = text.getBuffer(0, Math.min(cut, text.length() - 1));

      assertThatThrownBy(() -> serializer.decode(cutBytes, byte[].class))
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> serializer.decode(cutText, String.class))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void text_that_is_not_utf_8_is_refused() {
    Buffer payload = Buffer.buffer(new byte[] {(byte) 0xa2, (byte) 0xc3, '('});

    assertThatThrownBy(() -> serializer.decode(payload, String.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void bytes_asked_for_as_text_and_text_asked_for_as_bytes_are_refused() {
    Buffer bytes = serializer.encode("abc".getBytes(UTF_8), byte[].class);
    Buffer text = serializer.encode("abc", String.class);

    assertThatThrownBy(() -> serializer.decode(bytes, String.class))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> serializer.decode(text, byte[].class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void what_was_decoded_shares_nothing_with_the_payload() {
    Buffer payload = serializer.encode(new byte[] {1, 2, 3}, byte[].class);

    byte[] decoded = (byte[]) serializer.decode(payload, byte[].class);
    payload.setByte(2, (byte) 9);

    assertThat(decoded).containsExactly(1, 2, 3);
  }
}
