/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RoundTripPropertiesTest {

  private static final int LIMIT = 1 << 20;

  @Property(tries = 300)
  void responses_come_back_as_they_were_written(
      @ForAll("responses") List<Response> frames,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9000) Integer> cuts) {
    Buffer bytes = Buffer.buffer();
    frames.forEach(frame -> frame.encodeResponse(bytes));

    assertThat(Heard.responses(LIMIT, cut(bytes, cuts))).isEqualTo(frames);
  }

  @Property(tries = 300)
  void requests_come_back_as_they_were_written(
      @ForAll("requests") List<Request> frames,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9000) Integer> cuts) {
    Buffer bytes = Buffer.buffer();
    frames.forEach(frame -> frame.encodeRequest(bytes));

    assertThat(Heard.requests(LIMIT, cut(bytes, cuts))).isEqualTo(frames);
  }

  @Property(tries = 500)
  void damaged_bytes_are_read_the_same_however_they_are_cut(
      @ForAll("responses") List<Response> frames,
      @ForAll @Size(max = 3) List<@IntRange(max = 5000) Integer> places,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 50) Integer> cuts) {
    Buffer all = Buffer.buffer();
    frames.forEach(frame -> frame.encodeResponse(all));
    places.stream()
        .filter(at -> at < all.length())
        .forEach(at -> all.setByte(at, (byte) (all.getByte(at) ^ 1)));

    assertThat(Heard.responses(1000, cut(all, cuts))).isEqualTo(Heard.responses(1000, all));
    assertThat(Heard.requests(1000, cut(all, cuts))).isEqualTo(Heard.requests(1000, all));
  }

  @Provide
  Arbitrary<List<Response>> responses() {
    Arbitrary<Response> frame = Arbitraries.oneOf(
        Arbitraries.of(new NoJob(), new Noop()),
        names().map(JobCreated::new),
        Combinators.combine(names(), payloads()).as(WorkComplete::new),
        Combinators.combine(names(), payloads()).as(WorkException::new),
        Combinators.combine(
                names(),
                Arbitraries.longs().between(0, 1L << 40),
                Arbitraries.longs().between(0, 9))
            .as(WorkStatus::new),
        Combinators.combine(names(), text(), text(), payloads()).as(JobAssignUniq::new),
        Combinators.combine(names(), text()).as(ErrorResponse::new));
    return frame.list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Request>> requests() {
    Arbitrary<Request> frame = Arbitraries.oneOf(
        Arbitraries.of(new PreSleep(), new GrabJobUniq()),
        text().map(CanDo::new),
        Combinators.combine(text(), text(), payloads()).as(SubmitJob::new),
        Combinators.combine(text(), text(), payloads()).as(SubmitJobLowBg::new),
        Combinators.combine(text(), text(), Arbitraries.longs().between(0, 1L << 33), payloads())
            .as(SubmitJobEpoch::new),
        Combinators.combine(names(), payloads()).as(WorkData::new));
    return frame.list().ofMaxSize(12);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('\u0001', '\u00ff').ofMaxLength(40);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ofMaxLength(40);
  }

  private static Arbitrary<Buffer> payloads() {
    return Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
            Arbitraries.integers().between(3000, 30_000).map(RoundTripPropertiesTest::patterned))
        .map(Buffer::buffer);
  }

  private static byte[] patterned(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  private static Buffer[] cut(Buffer all, List<Integer> cuts) {
    List<Buffer> chunks = new ArrayList<>();
    int at = 0;
    for (int i = 0; at < all.length(); i++) {
      int end = Math.min(all.length(), at + cuts.get(i % cuts.size()));
      chunks.add(all.getBuffer(at, end));
      at = end;
    }
    return chunks.toArray(Buffer[]::new);
  }
}
