/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks.micro;

import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.WorkComplete;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Frames of Gearman, each with 64 bytes, as many at a time as a busy socket brings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GearmanCodecBenchmark {

  private static final int FRAMES = 64;
  private static final int PAYLOAD = 64;
  private static final int MAX_PAYLOAD = 1 << 20;

  private final Request submit = new SubmitJob("name", "", Buffer.buffer(new byte[PAYLOAD]));
  private final Buffer results = Buffer.buffer();

  /** Makes the chunk that is parsed. */
  public GearmanCodecBenchmark() {
    for (int i = 0; i < FRAMES; i++) {
      Response result = new WorkComplete("H:host:" + (i + 1), Buffer.buffer(new byte[PAYLOAD]));
      result.encodeResponse(results);
    }
  }

  /**
   * Writes a submit.
   *
   * @return what was written
   */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public Buffer write() {
    Buffer out = Buffer.buffer(FRAMES * 2 * PAYLOAD);
    for (int i = 0; i < FRAMES; i++) {
      submit.encodeRequest(out);
    }
    return out;
  }

  /**
   * Parses a result.
   *
   * @param hole takes it
   */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void parse(Blackhole hole) {
    FrameParser.responses(new Taking(hole), MAX_PAYLOAD).feed(results);
  }

  private record Taking(Blackhole hole) implements FrameListener<Response> {

    @Override
    public void frame(Response frame) {
      hole.consume(frame);
    }

    @Override
    public void oversized(Response frame, long payloadLength) {
      throw new IllegalStateException("oversized: " + frame);
    }

    @Override
    public void text(String line) {
      throw new IllegalStateException("text: " + line);
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
