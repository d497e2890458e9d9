/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Throws damaged conversations and noise at the parser. A short run is part of every build; a long one is {@code mvn -pl
 * transport-beanstalk -am test -Dtest=ReplyFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Djqwik.tries.default=1000000}.
 */
class ReplyFuzzTest {

  private static final int LIMIT = 200;

  @Property
  void noise_is_read_or_refused_the_same_however_it_is_cut(
      @ForAll("noise") byte[] noise, @ForAll long seed) {
    check(noise, new Random(seed));
  }

  @Property
  void damaged_conversations_are_read_or_refused_the_same_however_they_are_cut(
      @ForAll("conversations") Buffer conversation, @ForAll long seed) {
    Random random = new Random(seed);
    check(damaged(conversation.getBytes(), random), random);
  }

  private static void check(byte[] bytes, Random random) {
    Buffer whole = Buffer.buffer(bytes);
    Replies all = parse(whole);

    assertThat(parse(pieces(whole, random)).outcome()).isEqualTo(all.outcome());
    assertThat(all.malformed).hasSizeLessThanOrEqualTo(1);
    assertThat(all.found).hasSizeLessThanOrEqualTo(bytes.length);
    for (Reply reply : all.found) {
      assertThat(bodyLength(reply)).isLessThanOrEqualTo(LIMIT);
      assertThat(commandsAnsweredBy(reply))
          .as("commands that %s answers", reply)
          .isPositive();
    }
  }

  private static int bodyLength(Reply reply) {
    if (reply instanceof Reply.Reserved reserved) {
      return reserved.body().length();
    }
    if (reply instanceof Reply.Found found) {
      return found.body().length();
    }
    return reply instanceof Reply.Ok ok ? ok.body().length() : 0;
  }

  private static long commandsAnsweredBy(Reply reply) {
    return EveryCommand.OF_EACH_KIND.stream()
        .filter(command -> command.isAnsweredBy(reply))
        .count();
  }

  private static Replies parse(Buffer... chunks) {
    Replies replies = new Replies();
    ReplyParser parser = new ReplyParser(LIMIT, replies);
    for (Buffer chunk : chunks) {
      parser.feed(chunk);
    }
    return replies;
  }

  /** Changes, takes out, doubles and puts in bytes, mostly those that mean something. */
  private static byte[] damaged(byte[] original, Random random) {
    Buffer bytes = Buffer.buffer(original);
    for (int times = random.nextInt(4); times >= 0 && bytes.length() > 0; times--) {
      int at = random.nextInt(bytes.length());
      int end = Math.min(bytes.length(), at + 1 + random.nextInt(16));
      switch (random.nextInt(6)) {
        case 0 -> bytes.setByte(at, (byte) random.nextInt(256));
        case 1 -> bytes.setByte(at, (byte) ('0' + random.nextInt(10)));
        case 2 -> bytes = joined(bytes.getBytes(0, at), bytes.getBytes(end, bytes.length()));
        case 3 -> bytes = joined(bytes.getBytes(0, end), bytes.getBytes(at, bytes.length()));
        case 4 -> bytes = joined(bytes.getBytes(0, at));
        default ->
          bytes = joined(
              bytes.getBytes(0, at),
              ascii(random.nextBoolean() ? "\r\n" : "RESERVED 1 " + random.nextInt(300) + "\r\n"),
              bytes.getBytes(at, bytes.length()));
      }
    }
    return bytes.getBytes();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Buffer joined(byte[]... parts) {
    Buffer all = Buffer.buffer();
    for (byte[] part : parts) {
      all.appendBytes(part);
    }
    return all;
  }

  private static Buffer[] pieces(Buffer all, Random random) {
    int longest = random.nextBoolean() ? 4 : 400;
    List<Buffer> pieces = new ArrayList<>();
    for (int at = 0; at < all.length(); ) {
      int end = Math.min(all.length(), at + 1 + random.nextInt(longest));
      pieces.add(all.getBuffer(at, end));
      at = end;
    }
    return pieces.toArray(Buffer[]::new);
  }

  @Provide
  Arbitrary<byte[]> noise() {
    Arbitrary<byte[]> words = Arbitraries.of(
            "INSERTED ",
            "RESERVED ",
            "FOUND ",
            "OK ",
            "BURIED",
            "KICKED ",
            "USING ",
            "WATCHING ",
            "TIMED_OUT",
            "12 ",
            "3",
            "\r\n",
            "\r",
            "\n",
            " ",
            "-1",
            "18446744073709551616",
            "x")
        .list()
        .ofMaxSize(20)
        .map(all -> ascii(String.join("", all)));
    return Arbitraries.oneOf(words, Arbitraries.bytes().array(byte[].class).ofMaxSize(300));
  }

  @Provide
  Arbitrary<Buffer> conversations() {
    List<Buffer> all = new ArrayList<>();
    for (String name : Recording.NAMES) {
      all.addAll(Recording.load(name).fromBroker().values());
    }
    return Arbitraries.of(all);
  }
}
