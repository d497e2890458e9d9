/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.bed.Allocations;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory a server can make the parser take, as the JVM counts what a thread allocates. */
class ParserMemoryTest {

  private static final int LIMIT = 16 << 20;

  /** What a promise may cost: the first part of a body that grows as it arrives, and small things. */
  private static final long LITTLE = 256 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESERVED 1 16777216", "FOUND 1 16777216", "OK 16777216",
        "RESERVED 1 16777217", "FOUND 1 2147483648", "OK 9223372036854775807"
      })
  void what_a_line_announces_takes_no_memory_before_it_comes(String line) {
    ReplyParser parser = new ReplyParser(LIMIT, new Deaf());
    Buffer promise = Buffer.buffer(line + "\r\n").appendBytes(new byte[50]);

    assertThat(Allocations.of(() -> parser.feed(promise))).isLessThan(LITTLE);
  }

  @Test
  void a_body_over_the_limit_passes_through_without_being_kept() {
    ReplyParser parser = new ReplyParser(LIMIT, new Deaf());
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);

    assertThat(Allocations.of(() -> {
          parser.feed(Buffer.buffer("RESERVED 1 2147483647\r\n"));
          for (int i = 0; i < 10_000; i++) {
            parser.feed(chunk);
          }
        }))
        .isLessThan(LITTLE);
  }

  @Test
  void a_body_within_the_limit_takes_a_small_multiple_of_itself_in_all() {
    ReplyParser parser = new ReplyParser(LIMIT, new Deaf());
    Buffer chunk = Buffer.buffer(new byte[64 * 1024]);

    // It is copied each time its room grows fourfold: 1 + 1/4 + 1/16 …
    assertThat(Allocations.of(() -> {
          parser.feed(Buffer.buffer("RESERVED 1 " + LIMIT + "\r\n"));
          for (int sent = 0; sent < LIMIT; sent += chunk.length()) {
            parser.feed(chunk);
          }
        }))
        .isBetween((long) LIMIT, LIMIT * 3L / 2 + LITTLE);
  }

  @Test
  void a_line_without_end_is_given_up_at_its_limit() {
    ReplyParser parser = new ReplyParser(LIMIT, new Deaf());
    byte[] letters = new byte[64 * 1024];
    Arrays.fill(letters, (byte) 'x');
    Buffer chunk = Buffer.buffer(letters);

    assertThat(Allocations.of(() -> {
          for (int i = 0; i < 10_000; i++) {
            parser.feed(chunk);
          }
        }))
        .isLessThan(LITTLE);
  }

  private static final class Deaf implements ReplyHandler {

    @Override
    public void reply(Reply reply) {}

    @Override
    public void malformed(MalformedReplyException cause) {}
  }
}
