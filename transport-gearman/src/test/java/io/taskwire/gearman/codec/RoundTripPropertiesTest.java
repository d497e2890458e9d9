/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RoundTripPropertiesTest {

  private static final int LIMIT = 1 << 20;

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void responses_come_back_as_they_were_written(
      @ForAll("responses") List<Response> frames,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9000) Integer> cuts) {
    Buffer bytes = Buffer.buffer();
    frames.forEach(frame -> frame.encodeResponse(bytes));

    assertThat(Heard.responses(LIMIT, cut(bytes, cuts))).isEqualTo(frames);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void requests_come_back_as_they_were_written(
      @ForAll("requests") List<Request> frames,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9000) Integer> cuts) {
    Buffer bytes = Buffer.buffer();
    frames.forEach(frame -> frame.encodeRequest(bytes));

    assertThat(Heard.requests(LIMIT, cut(bytes, cuts))).isEqualTo(frames);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
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
    return any(Response.class).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Request>> requests() {
    return any(Request.class).list().ofMaxSize(12);
  }

  /** Every kind of packet of a direction, with any arguments. */
  private static <F extends Frame> Arbitrary<F> any(Class<F> direction) {
    return Arbitraries.oneOf(
        kinds(direction).map(kind -> ofKind(kind).map(direction::cast)).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return sealed.isRecord()
        ? Stream.of(sealed)
        : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(RoundTripPropertiesTest::kinds);
  }

  private static Arbitrary<Object> ofKind(Class<?> kind) {
    RecordComponent[] components = kind.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Arbitrary<Object>> arguments =
        Arrays.stream(components).map(RoundTripPropertiesTest::argument).toList();
    return Combinators.combine(arguments).as(values -> {
      try {
        return kind.getConstructor(types).newInstance(values.toArray());
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    });
  }

  private static Arbitrary<Object> argument(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == String.class) {
      return (component.getName().equals("handle") ? names() : text()).asGeneric();
    }
    if (type == Buffer.class) {
      return payloads().asGeneric();
    }
    if (type == boolean.class) {
      return Arbitraries.of(true, false).asGeneric();
    }
    if (type == long.class) {
      return Arbitraries.longs().between(0, 999_999_999_999_999_999L).asGeneric();
    }
    throw new AssertionError("no values are known for " + component);
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
