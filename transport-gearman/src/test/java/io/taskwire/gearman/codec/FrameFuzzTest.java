/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
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
 * transport-gearman -am test -Dtest=FrameFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Djqwik.tries.default=1000000}.
 */
class FrameFuzzTest {

  private static final int LIMIT = 1_000;

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
    Buffer[] pieces = pieces(whole, random);

    check(Heard.responses(LIMIT, whole), Heard.responses(LIMIT, pieces), bytes.length);
    check(Heard.requests(LIMIT, whole), Heard.requests(LIMIT, pieces), bytes.length);
  }

  private static void check(List<Object> events, List<Object> ofPieces, int length) {
    assertThat(ofPieces).isEqualTo(events);
    assertThat(events).hasSizeLessThanOrEqualTo(length);
    for (int i = 0; i < events.size() - 1; i++) {
      assertThat(events.get(i).toString()).as("not the last").doesNotStartWith("malformed");
    }
    for (Object event : events) {
      if (event instanceof Frame frame) {
        Buffer body = Buffer.buffer();
        frame.appendBody(body);
        assertThat(body.length()).isLessThanOrEqualTo(FrameParser.HEAD_LIMIT * 3 + LIMIT);
      }
    }
  }

  /** Changes, takes out, doubles and puts in bytes, mostly those that mean something. */
  private static byte[] damaged(byte[] original, Random random) {
    Buffer bytes = Buffer.buffer(original);
    for (int times = random.nextInt(4); times >= 0 && bytes.length() > 0; times--) {
      int at = random.nextInt(bytes.length());
      int end = Math.min(bytes.length(), at + 1 + random.nextInt(16));
      switch (random.nextInt(6)) {
        case 0 -> bytes.setByte(at, (byte) random.nextInt(256));
        case 1 -> bytes.setByte(at, (byte) 0);
        case 2 -> bytes = joined(bytes.getBytes(0, at), bytes.getBytes(end, bytes.length()));
        case 3 -> bytes = joined(bytes.getBytes(0, end), bytes.getBytes(at, bytes.length()));
        case 4 -> bytes = joined(bytes.getBytes(0, at));
        default ->
          bytes = joined(
              bytes.getBytes(0, at),
              new byte[] {0, 'R', 'E', random.nextBoolean() ? (byte) 'S' : (byte) 'Q', 0, 0, 0},
              new byte[] {(byte) random.nextInt(44)},
              bytes.getBytes(at, bytes.length()));
      }
    }
    return bytes.getBytes();
  }

  private static Buffer joined(byte[]... parts) {
    Buffer all = Buffer.buffer();
    for (byte[] part : parts) {
      all.appendBytes(part);
    }
    return all;
  }

  private static Buffer[] pieces(Buffer all, Random random) {
    int longest = random.nextBoolean() ? 4 : 4_000;
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
    Arbitrary<Byte> meaningful =
        Arbitraries.of((byte) 0, (byte) 'R', (byte) 'E', (byte) 'Q', (byte) 'S', (byte) '\n');
    return Arbitraries.oneOf(meaningful, Arbitraries.bytes())
        .array(byte[].class)
        .ofMaxSize(300);
  }

  @Provide
  Arbitrary<Buffer> conversations() throws IOException {
    List<Buffer> all = new ArrayList<>();
    for (String name : RecordingsTest.names().toList()) {
      Recording recording = Recording.of(name);
      recording.fromServer().values().forEach(chunks -> all.add(beginning(chunks)));
      recording.toServer().values().forEach(chunks -> all.add(beginning(chunks)));
    }
    return Arbitraries.of(all);
  }

  private static Buffer beginning(List<Buffer> chunks) {
    Buffer all = Recording.joined(chunks);
    return all.getBuffer(0, Math.min(all.length(), 20_000));
  }
}
