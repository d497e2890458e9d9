/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks.micro;

import io.taskwire.Serializer;
import io.taskwire.serializers.JsonSerializer;
import io.taskwire.serializers.MsgpackSerializer;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A value to bytes and back: 64 bytes, and a small record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerializerBenchmark {

  private static final int SIZE = 64;

  private final Serializer msgpack = new MsgpackSerializer();
  private final Serializer json = new JsonSerializer();
  private final byte[] bytes = new byte[SIZE];
  private final Order order = new Order(4711, "somebody", List.of("bread", "butter", "salt"), 9.5);
  private final Buffer bytesInMsgpack = msgpack.encode(bytes, byte[].class);
  private final Buffer bytesInJson = json.encode(bytes, byte[].class);
  private final Buffer orderInMsgpack = msgpack.encode(order, Order.class);
  private final Buffer orderInJson = json.encode(order, Order.class);

  /** Makes what is decoded. */
  public SerializerBenchmark() {}

  /**
   * Encodes bytes.
   *
   * @return what was written
   */
  @Benchmark
  public Buffer encodeBytesAsMsgpack() {
    return msgpack.encode(bytes, byte[].class);
  }

  /**
   * Decodes bytes.
   *
   * @return what was read
   */
  @Benchmark
  public @Nullable Object decodeBytesFromMsgpack() {
    return msgpack.decode(bytesInMsgpack, byte[].class);
  }

  /**
   * Encodes a record.
   *
   * @return what was written
   */
  @Benchmark
  public Buffer encodeRecordAsMsgpack() {
    return msgpack.encode(order, Order.class);
  }

  /**
   * Decodes a record.
   *
   * @return what was read
   */
  @Benchmark
  public @Nullable Object decodeRecordFromMsgpack() {
    return msgpack.decode(orderInMsgpack, Order.class);
  }

  /**
   * Encodes bytes.
   *
   * @return what was written
   */
  @Benchmark
  public Buffer encodeBytesAsJson() {
    return json.encode(bytes, byte[].class);
  }

  /**
   * Decodes bytes.
   *
   * @return what was read
   */
  @Benchmark
  public @Nullable Object decodeBytesFromJson() {
    return json.decode(bytesInJson, byte[].class);
  }

  /**
   * Encodes a record.
   *
   * @return what was written
   */
  @Benchmark
  public Buffer encodeRecordAsJson() {
    return json.encode(order, Order.class);
  }

  /**
   * Decodes a record.
   *
   * @return what was read
   */
  @Benchmark
  public @Nullable Object decodeRecordFromJson() {
    return json.decode(orderInJson, Order.class);
  }

  /**
   * What a task may be about.
   *
   * @param number of the order
   * @param customer by name
   * @param items by name
   * @param total price
   */
  public record Order(long number, String customer, List<String> items, double total) {}
}
