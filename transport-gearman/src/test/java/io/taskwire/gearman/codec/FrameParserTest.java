/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static io.taskwire.gearman.codec.LiteralBytesTest.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

  private static final int LIMIT = 100_000;

  @Nested
  class Large_payloads {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 8150, 8191, 8192, 8193, 65_536, 99_999, 100_000})
    void arrive_as_they_were_sent_in_chunks_of_any_size(int length) {
      WorkComplete frame = new WorkComplete("H:vm:1", random(length));
      Buffer bytes = Buffer.buffer();
      new JobCreated("H:vm:1").encodeResponse(bytes);
      frame.encodeResponse(bytes);
      new Noop().encodeResponse(bytes);

      for (int size : new int[] {1, 7, 1000, 4096, 8204, 20_000, 65_536, bytes.length()}) {
        assertThat(Heard.responses(LIMIT, cut(bytes, size)))
            .as("chunks of %d", size)
            .containsExactly(new JobCreated("H:vm:1"), frame, new Noop());
      }
    }

    @Test
    void arrive_as_they_were_sent_in_large_and_small_chunks_by_turns() {
      WorkComplete frame = new WorkComplete("H:vm:1", random(LIMIT));
      Buffer bytes = Buffer.buffer();
      for (int i = 0; i < 20; i++) {
        frame.encodeResponse(bytes);
        new JobCreated("H:vm:" + i).encodeResponse(bytes);
      }
      Random sizes = new Random(7);
      List<Buffer> chunks = new ArrayList<>();
      for (int at = 0; at < bytes.length(); ) {
        int end = Math.min(bytes.length(), at + 1 + sizes.nextInt(1 << sizes.nextInt(17)));
        chunks.add(bytes.getBuffer(at, end));
        at = end;
      }

      List<Object> heard = Heard.responses(LIMIT, chunks.toArray(Buffer[]::new));

      assertThat(heard).hasSize(40);
      for (int i = 0; i < 20; i++) {
        assertThat(heard.get(2 * i)).isEqualTo(frame);
        assertThat(heard.get(2 * i + 1)).isEqualTo(new JobCreated("H:vm:" + i));
      }
    }

    @Test
    void are_buffers_like_others_when_they_come_in_several_chunks() {
      Buffer payload = random(LIMIT);
      Buffer bytes = Buffer.buffer();
      new WorkComplete("H:vm:1", payload).encodeResponse(bytes);

      Buffer arrived =
          ((WorkComplete) Heard.responses(LIMIT, cut(bytes, 20_000)).get(0)).data();

      assertThat(arrived.getBytes()).isEqualTo(payload.getBytes());
      assertThat(arrived.getBytes(19_000, 61_000)).isEqualTo(payload.getBytes(19_000, 61_000));
      assertThat(arrived.slice(19_000, 61_000)).isEqualTo(payload.slice(19_000, 61_000));
      assertThat(arrived.copy().appendInt(1)).isEqualTo(payload.copy().appendInt(1));
      assertThat(Buffer.buffer("a").appendBuffer(arrived))
          .isEqualTo(Buffer.buffer("a").appendBuffer(payload));
      assertThat(arrived.appendBytes(new byte[100_000]).length()).isEqualTo(LIMIT + 100_000);
    }

    @Test
    void share_the_memory_of_their_chunk_and_small_ones_do_not() {
      Buffer bytes = Buffer.buffer();
      new WorkComplete("H:vm:1", Buffer.buffer(new byte[5000])).encodeResponse(bytes);
      new WorkComplete("H:vm:1", Buffer.buffer(new byte[100])).encodeResponse(bytes);
      List<Object> events = Heard.responses(LIMIT, bytes);
      for (int at = 0; at < bytes.length(); at++) {
        bytes.setByte(at, (byte) 1);
      }

      assertThat(((WorkComplete) events.get(0)).data().getByte(0)).isEqualTo((byte) 1);
      assertThat(((WorkComplete) events.get(1)).data().getByte(0)).isEqualTo((byte) 0);
    }
  }

  @Nested
  class A_payload_over_the_limit {

    @Test
    void is_skipped_and_named_with_its_arguments_and_the_next_packet_is_read() {
      Buffer bytes = Buffer.buffer();
      new JobAssignUniq("H:vm:7", "resize", "u", random(LIMIT + 1)).encodeResponse(bytes);
      new Noop().encodeResponse(bytes);
      String expected =
          "oversized 100001 " + new JobAssignUniq("H:vm:7", "resize", "u", Buffer.buffer());

      for (int size : new int[] {1, 1000, 8204, 65_536, bytes.length()}) {
        assertThat(Heard.responses(LIMIT, cut(bytes, size)))
            .as("chunks of %d", size)
            .containsExactly(expected, new Noop());
      }
    }

    @Test
    void is_named_before_it_has_arrived() {
      Buffer head = Buffer.buffer()
          .appendBytes(new byte[] {0, 'R', 'E', 'S'})
          .appendInt(13)
          .appendInt(-1)
          .appendString("H:vm:1\0");

      assertThat(Heard.responses(LIMIT, head))
          .containsExactly("oversized 4294967288 " + new WorkComplete("H:vm:1", Buffer.buffer()));
    }

    @Test
    void may_be_so_small_that_all_of_it_has_been_read_ahead() {
      Buffer bytes = Buffer.buffer();
      new WorkComplete("H:vm:1", random(11)).encodeResponse(bytes);
      new Noop().encodeResponse(bytes);

      assertThat(Heard.responses(10, bytes))
          .containsExactly(
              "oversized 11 " + new WorkComplete("H:vm:1", Buffer.buffer()), new Noop());
    }
  }

  @Nested
  class Malformed_bytes {

    @Test
    void of_an_unknown_magic_end_the_parser_and_are_reported_once() {
      Buffer bad = Buffer.buffer(new byte[] {0, 'R', 'E', 'X', 0, 0, 0, 6, 0, 0, 0, 0});

      assertThat(Heard.responses(LIMIT, bad, bad, packet("RES", 6, "")))
          .containsExactly("malformed a packet begins with the bytes 00524558");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 43, 99, -1, Integer.MAX_VALUE})
    void of_an_unknown_type_are_malformed(int type) {
      assertThat(Heard.responses(LIMIT, packet("RES", type, "")))
          .containsExactly("malformed packet type " + type + " cannot be read here");
    }

    @Test
    void of_the_other_direction_are_malformed() {
      assertThat(Heard.responses(LIMIT, packet("RES", 7, "f|u|p")))
          .containsExactly("malformed SUBMIT_JOB cannot be read here");
      assertThat(Heard.requests(LIMIT, packet("REQ", 8, "H:vm:1")))
          .containsExactly("malformed JOB_CREATED cannot be read here");
    }

    @Test
    void with_too_few_arguments_are_malformed() {
      assertThat(Heard.responses(LIMIT, packet("RES", 31, "H:vm:1|f|u")))
          .containsExactly("malformed JOB_ASSIGN_UNIQ has 3 arguments of 4");
      assertThat(Heard.responses(LIMIT, packet("RES", 20, "H:vm:1|1|1|2")))
          .containsExactly("malformed STATUS_RES has 4 arguments of 5");
      assertThat(Heard.requests(LIMIT, packet("REQ", 7, "f")))
          .containsExactly("malformed SUBMIT_JOB has 1 arguments of 3");
    }

    @Test
    void that_announce_a_huge_handle_are_malformed() {
      Buffer head = Buffer.buffer(new byte[] {0, 'R', 'E', 'S', 0, 0, 0, 8, 0x7f, -1, -1, -1});

      assertThat(Heard.responses(LIMIT, head))
          .containsExactly("malformed JOB_CREATED announces 2147483647 bytes");
    }

    @Test
    void whose_arguments_never_end_are_malformed_before_they_take_memory() {
      Buffer head = Buffer.buffer(new byte[] {0, 'R', 'E', 'S', 0, 0, 0, 13, 0x7f, -1, -1, -1});
      byte[] letters = new byte[10_000];
      java.util.Arrays.fill(letters, (byte) 'x');

      assertThat(Heard.responses(LIMIT, head, Buffer.buffer(letters)))
          .containsExactly("malformed the arguments of WORK_COMPLETE are longer than 8192 bytes");
    }

    @Test
    void of_a_line_without_end_are_malformed() {
      Buffer letters = Buffer.buffer("x".repeat(FrameParser.LINE_LIMIT));

      assertThat(Heard.responses(LIMIT, letters, Buffer.buffer("yy")))
          .containsExactly("malformed a line of text is longer than 1048576 bytes");
    }
  }

  @Nested
  class Text_lines {

    @Test
    void stand_between_packets_with_either_line_end() {
      Buffer bytes = Buffer.buffer("OK\r\n")
          .appendBuffer(packet("RES", 6, ""))
          .appendString("f\t0\t0\t1\n.\n\n")
          .appendBuffer(packet("RES", 10, ""));

      for (int size : new int[] {1, 2, 3, 5, 8, bytes.length()}) {
        assertThat(Heard.responses(LIMIT, cut(bytes, size)))
            .as("chunks of %d", size)
            .containsExactly(
                "text OK", new Noop(), "text f\t0\t0\t1", "text .", "text ", new NoJob());
      }
    }

    @Test
    void may_be_longer_than_a_chunk() {
      String line = "f ".repeat(20_000);

      assertThat(Heard.responses(LIMIT, cut(Buffer.buffer(line + "\n"), 3000)))
          .containsExactly("text " + line);
    }
  }

  @Test
  void many_packets_of_one_chunk_come_in_order() {
    Buffer bytes = Buffer.buffer();
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      WorkComplete frame = new WorkComplete("H:vm:" + i, Buffer.buffer("result " + i));
      frame.encodeResponse(bytes);
      expected.add(frame);
    }

    assertThat(Heard.responses(LIMIT, bytes)).isEqualTo(expected);
    assertThat(Heard.responses(LIMIT, cut(bytes, 65_536))).isEqualTo(expected);
    assertThat(Heard.responses(LIMIT, cut(bytes, 997))).isEqualTo(expected);
  }

  private static Buffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private static Buffer[] cut(Buffer all, int size) {
    List<Buffer> chunks = new ArrayList<>();
    for (int at = 0; at < all.length(); at += size) {
      chunks.add(all.getBuffer(at, Math.min(all.length(), at + size)));
    }
    return chunks.toArray(Buffer[]::new);
  }
}
