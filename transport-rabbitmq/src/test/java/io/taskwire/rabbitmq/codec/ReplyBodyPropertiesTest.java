/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.bed.Allocations;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Throws anything at what reads replies. A short run is part of every build; a long one is {@code mvn -pl
 * transport-rabbitmq -am test -Dtest=ReplyBodyPropertiesTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Djqwik.tries.default=1000000}.
 */
class ReplyBodyPropertiesTest {

  /** A length that is only announced could take up to 4 GiB. */
  private static final long LITTLE = 1 << 20;

  @Property
  void a_result_of_any_bytes_comes_back(@ForAll byte[] bytes) throws Exception {
    Buffer result = Buffer.buffer(bytes);

    assertThat(ReplyBody.decode(ReplyBody.encode("raw", result), "raw"))
        .isEqualTo(new ReplyBody.Result(result));
  }

  @Property
  void an_error_of_any_text_comes_back_also_with_bytes_behind_it(
      @ForAll String text, @ForAll byte[] behind) throws Exception {
    Buffer said = Buffer.buffer(text);
    Buffer body = Buffer.buffer(ReplyBody.encodeError(said)).appendBytes(behind);

    assertThat(ReplyBody.decode(body.getBytes(), "msgpack")).isEqualTo(new ReplyBody.Failed(said));
  }

  @Property
  void any_bytes_are_read_or_refused_with_the_one_exception_and_little_memory(
      @ForAll("noise") byte[] noise) {
    read(noise);
  }

  @Property
  void damaged_replies_are_read_or_refused_with_the_one_exception_and_little_memory(
      @ForAll("replies") byte[] reply, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] damaged = Arrays.copyOf(reply, reply.length);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    read(damaged);
  }

  private static void read(byte[] body) {
    for (String format : List.of("msgpack", "raw")) {
      assertThat(Allocations.of(() -> readOnce(body, format))).isLessThan(LITTLE);
    }
  }

  /** What is given has no more bytes than what was read. */
  private static void readOnce(byte[] body, String format) {
    try {
      ReplyBody said = ReplyBody.decode(body, format);
      if (said instanceof ReplyBody.Result result) {
        assertThat(result.payload().length()).isLessThan(body.length);
      }
    } catch (MalformedReplyException e) {
      assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(200);
    }
  }

  @Provide
  Arbitrary<byte[]> noise() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> heads = Arbitraries.of(
            0x92, 0xc0, 0xc1, 0xa1, 0xd9, 0xda, 0xdb, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xd4,
            0xd8, 0xdc, 0xdd, 0xde, 0xdf, 0x81, 0x8f, 0x9f, 0, 1, 0x7f, 0xff)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(40);
    return Arbitraries.oneOf(
        any,
        heads,
        heads.map(tail -> Buffer.buffer(new byte[] {(byte) 0x92, (byte) 0xc0})
            .appendBytes(tail)
            .getBytes()));
  }

  @Provide
  Arbitrary<byte[]> replies() {
    return Arbitraries.of(ReplyBodyTest.bodies()).map(Recording::hex);
  }
}
