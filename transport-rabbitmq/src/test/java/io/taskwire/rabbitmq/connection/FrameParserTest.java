/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.MalformedFrameException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameParserTest {

  private final List<String> frames = new ArrayList<>();
  private final FrameParser parser = new FrameParser((type, channel, chunk, offset, length) ->
      frames.add(type + " on " + channel + " of " + length + ": " + sum(chunk, offset, length)));

  private static int sum(byte[] chunk, int offset, int length) {
    return Arrays.hashCode(Arrays.copyOfRange(chunk, offset, offset + length));
  }

  private static byte[] frames(int... sizes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int size : sizes) {
      byte[] payload = new byte[size];
      Arrays.fill(payload, (byte) size);
      out.writeByte(1);
      out.writeShort(size);
      out.writeInt(size);
      out.write(payload);
      out.writeByte(0xce);
    }
    return bytes.toByteArray();
  }

  @Test
  void frames_are_the_same_however_they_come() throws IOException {
    byte[] all = frames(0, 1, 300, 20, 5000, 7);
    parser.read(all.clone());
    assertThat(frames).hasSize(6).allMatch(frame -> frame.startsWith("1 on "));
    List<String> expected = List.copyOf(frames);
    for (int step : new int[] {1, 2, 7, 8, 9, 100, 4000}) {
      frames.clear();
      for (int from = 0; from < all.length; from += step) {
        parser.read(Arrays.copyOfRange(all, from, Math.min(all.length, from + step)));
      }
      assertThat(frames).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void frame_without_its_end_is_refused() throws IOException {
    byte[] broken = frames(10);
    broken[broken.length - 1] = 0;
    assertThatThrownBy(() -> parser.read(broken)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void length_that_no_frame_has_is_refused() {
    byte[] head = {1, 0, 0, -1, 0, 0, 0, 0};
    assertThatThrownBy(() -> parser.read(head))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("4278190080");
  }

  @Test
  void other_versions_of_the_protocol_are_refused_by_name() throws IOException {
    parser.read("AMQ".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> parser.read(new byte[] {'P', 3, 1, 0, 0}))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("signature 3,1,0");
  }

  @Test
  void other_protocols_are_refused() {
    assertThatThrownBy(() -> parser.read("HTTP/1.1".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(NotAmqpException.class);
  }
}
