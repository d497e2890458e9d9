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
  void a_payload_within_the_limit_takes_a_small_multiple_of_itself_in_all() {
    FrameParser<Response> parser = FrameParser.responses(new Deaf<>(), LIMIT);
    Buffer header = Buffer.buffer()
        .appendInt(Fields.RESPONSE_MAGIC)
        .appendInt(PacketType.WORK_COMPLETE.code())
        .appendInt(LIMIT + 7)
        .appendString("H:vm:1\0");
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);

    // It is copied each time its room grows fourfold: 1 + 1/4 + 1/16 …
    assertThat(Allocations.of(() -> {
          parser.feed(header);
          for (int sent = 0; sent < LIMIT; sent += chunk.length()) {
            parser.feed(chunk);
          }
        }))
        .isBetween((long) LIMIT, LIMIT * 3L / 2 + LITTLE);
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
