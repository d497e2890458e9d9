/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.bed.Allocations;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How much memory a peer can make the parser take, as the JVM counts what a thread allocates. */
class ParserMemoryTest {

  private static final int LIMIT = 16 << 20;

  /** What a promise may cost: the first part of a payload that grows as it arrives, and small things. */
  private static final long LITTLE = 256 * 1024;

  static Stream<Arguments> promises() {
    List<Arguments> all = new ArrayList<>();
    for (PacketType type : PacketType.values()) {
      for (int length : new int[] {LIMIT - 1000, LIMIT + 1_000_000, Integer.MAX_VALUE, -1}) {
        all.add(Arguments.of(type, length));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("promises")
  void what_a_header_announces_takes_no_memory_before_it_comes(PacketType type, int length) {
    Buffer promise = Buffer.buffer()
        .appendInt(type.isRequest() ? Fields.REQUEST_MAGIC : Fields.RESPONSE_MAGIC)
        .appendInt(type.code())
        .appendInt(length)
        .appendBytes(new byte[50]);
    FrameParser<? extends Frame> parser = type.isRequest()
        ? FrameParser.requests(new Deaf<>(), LIMIT)
        : FrameParser.responses(new Deaf<>(), LIMIT);

    assertThat(Allocations.of(() -> parser.feed(promise))).isLessThan(LITTLE);
  }

  @Test
  void a_payload_over_the_limit_passes_through_without_being_kept() {
    FrameParser<Response> parser = FrameParser.responses(new Deaf<>(), LIMIT);
    Buffer header = Buffer.buffer()
        .appendInt(Fields.RESPONSE_MAGIC)
        .appendInt(PacketType.WORK_DATA.code())
        .appendInt(Integer.MAX_VALUE)
        .appendString("H:vm:1\0");
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);

    assertThat(Allocations.of(() -> {
          parser.feed(header);
          for (int i = 0; i < 10_000; i++) {
            parser.feed(chunk);
          }
        }))
        .isLessThan(LITTLE);
  }

  @Test
  void a_payload_of_large_chunks_is_put_together_without_a_copy() {
    assertThat(allocatedByPayloadOf(64 * 1024)).isLessThan(LITTLE);
  }

  @Test
  void a_payload_of_small_chunks_takes_hardly_more_than_its_bytes() {
    assertThat(allocatedByPayloadOf(1_000)).isBetween((long) LIMIT, LIMIT + LITTLE);
  }

  @Test
  void a_payload_of_all_sorts_of_chunks_takes_a_small_multiple_of_itself() {
    assertThat(allocatedByPayloadOf(1, 4_096, 3, 4_000, 64, 65_536, 1_000)).isLessThan(LIMIT / 2);
  }

  /** What a payload as long as allowed takes besides its chunks, which have these lengths in turn. */
  private static long allocatedByPayloadOf(int... lengths) {
    FrameParser<Response> parser = FrameParser.responses(new Deaf<>(), LIMIT);
    Buffer header = Buffer.buffer()
        .appendInt(Fields.RESPONSE_MAGIC)
        .appendInt(PacketType.WORK_COMPLETE.code())
        .appendInt(LIMIT + 7)
        .appendString("H:vm:1\0");
    Buffer[] chunks = Arrays.stream(lengths)
        .mapToObj(length -> Buffer.buffer(new byte[length]))
        .toArray(Buffer[]::new);
    return Allocations.of(() -> {
      parser.feed(header);
      int sent = 0;
      for (int i = 0; sent < LIMIT; i++) {
        Buffer chunk = chunks[i % chunks.length];
        parser.feed(chunk);
        sent += chunk.length();
      }
    });
  }

  @Test
  void a_line_without_end_is_given_up_at_its_limit() {
    FrameParser<Response> parser = FrameParser.responses(new Deaf<>(), LIMIT);
    byte[] letters = new byte[64 * 1024];
    Arrays.fill(letters, (byte) 'x');
    Buffer chunk = Buffer.buffer(letters);

    assertThat(Allocations.of(() -> {
          for (int i = 0; i < 10_000; i++) {
            parser.feed(chunk);
          }
        }))
        .isLessThan(6L * FrameParser.LINE_LIMIT);
  }

  @Test
  void lines_are_kept_for_an_answer_up_to_its_limit_however_short_they_are() {
    TextLines answer = new TextLines(100_000);
    for (int i = 0; i < 1_000_000; i++) {
      answer.add("");
      assertThat(answer.lines().size()).isLessThan(2_000);
    }

    assertThat(answer.isTooLong()).isTrue();
    assertThat(answer.lines()).isEmpty();
  }

  private static final class Deaf<F extends Frame> implements FrameListener<F> {

    @Override
    public void frame(F frame) {}

    @Override
    public void oversized(F frame, long payloadLength) {}

    @Override
    public void text(String line) {}

    @Override
    public void malformed(MalformedFrameException failure) {}
  }
}
