/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks.micro;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.MalformedReplyException;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReplyHandler;
import io.taskwire.beanstalk.codec.ReplyParser;
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

/** Commands and replies of beanstalkd, each with 64 bytes, as many at a time as a busy socket brings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BeanstalkCodecBenchmark {

  private static final int COMMANDS = 64;
  private static final int BODY = 64;
  private static final int MAX_BODY = 1 << 16;

  private final Command put = new Command.Put(1000, 0, 60, Buffer.buffer(new byte[BODY]));
  private final Buffer reserved = Buffer.buffer();

  /** Makes the chunk that is parsed. */
  public BeanstalkCodecBenchmark() {
    for (int i = 0; i < COMMANDS; i++) {
      reserved
          .appendString("RESERVED " + (1000 + i) + " " + BODY + "\r\n")
          .appendBytes(new byte[BODY])
          .appendString("\r\n");
    }
  }

  /**
   * Writes a put.
   *
   * @return what was written
   */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public Buffer write() {
    Buffer out = Buffer.buffer(COMMANDS * 2 * BODY);
    for (int i = 0; i < COMMANDS; i++) {
      put.encode(out);
    }
    return out;
  }

  /**
   * Parses a reserved job.
   *
   * @param hole takes it
   */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void parse(Blackhole hole) {
    new ReplyParser(MAX_BODY, new Taking(hole)).feed(reserved);
  }

  private record Taking(Blackhole hole) implements ReplyHandler {

    @Override
    public void reply(Reply reply) {
      hole.consume(reply);
    }

    @Override
    public void malformed(MalformedReplyException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
