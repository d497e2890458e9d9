/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks.micro;

import io.taskwire.EnvelopeMode;
import io.taskwire.spi.Envelope;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Headers in front of a body of 64 bytes, and a body without any. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {

  private static final int SIZE = 64;

  private final Map<String, String> headers =
      Map.of("reply", "tw.r.0123456789abcdef", "id", "4711", "deadline", "1790000000000");
  private final Buffer plain = Buffer.buffer(new byte[SIZE]);
  private final Buffer enveloped = Envelope.encode(headers, plain);

  /** Makes what is opened. */
  public EnvelopeBenchmark() {}

  /**
   * Puts three headers in front.
   *
   * @return the new body
   */
  @Benchmark
  public Buffer wrap() {
    return Envelope.wrap(EnvelopeMode.AUTO, headers, plain);
  }

  /**
   * Puts nothing in front.
   *
   * @return the body
   */
  @Benchmark
  public Buffer wrapWithoutHeaders() {
    return Envelope.wrap(EnvelopeMode.AUTO, Map.of(), plain);
  }

  /**
   * Reads three headers.
   *
   * @return them and the payload
   */
  @Benchmark
  public Envelope open() {
    return Envelope.open(EnvelopeMode.AUTO, enveloped);
  }

  /**
   * Finds no envelope.
   *
   * @return the payload
   */
  @Benchmark
  public Envelope openPlain() {
    return Envelope.open(EnvelopeMode.AUTO, plain);
  }
}
