/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RawSerializerTest {

  private static final byte[] BYTES = {(byte) 0xc1, 0, '\r', '\n', -1};

  private final RawSerializer raw = new RawSerializer();

  @Test
  void bytes_of_every_class_travel_as_they_are() {
    for (Object value : new Object[] {BYTES, Buffer.buffer(BYTES), ByteBuffer.wrap(BYTES)}) {
      assertThat(raw.encode(value, value.getClass()).getBytes()).isEqualTo(BYTES);
    }
    assertThat(raw.decode(Buffer.buffer(BYTES), Object.class)).isEqualTo(Buffer.buffer(BYTES));
    assertThat(raw.decode(Buffer.buffer(BYTES), Buffer.class)).isEqualTo(Buffer.buffer(BYTES));
    assertThat(raw.decode(Buffer.buffer(BYTES), byte[].class)).isEqualTo(BYTES);
    assertThat(raw.decode(Buffer.buffer(BYTES), ByteBuffer.class))
        .isEqualTo(ByteBuffer.wrap(BYTES));
  }

  @Test
  void only_what_is_left_of_a_byte_buffer_travels_and_its_position_stays() {
    ByteBuffer window =
        ByteBuffer.allocateDirect(4).put(1, (byte) 7).position(1).limit(2);

    assertThat(raw.encode(window, ByteBuffer.class).getBytes()).isEqualTo(new byte[] {7});
    assertThat(window.remaining()).isEqualTo(1);
  }

  @Test
  void null_is_no_bytes_and_no_bytes_are_an_empty_buffer() {
    assertThat(raw.encode(null, Buffer.class).length()).isZero();
    assertThat(raw.decode(Buffer.buffer(), Buffer.class)).isEqualTo(Buffer.buffer());
  }

  @Test
  void later_changes_of_the_source_are_not_seen() {
    Buffer source = Buffer.buffer(new byte[] {1});
    Buffer encoded = raw.encode(source, Buffer.class);
    Buffer decoded = (Buffer) raw.decode(source, Buffer.class);
    source.setByte(0, (byte) 2);

    assertThat(encoded.getByte(0)).isEqualTo((byte) 1);
    assertThat(decoded.getByte(0)).isEqualTo((byte) 1);
  }

  @Test
  void anything_else_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> raw.encode("text", String.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("not java.lang.String")
        .hasMessageContaining("encode the value first");
    assertThatThrownBy(() -> raw.decode(Buffer.buffer(BYTES), String.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("not java.lang.String");
  }
}
