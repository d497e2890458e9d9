/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link LoadProcess} as those see it who started it. */
final class LoadJvm implements Load {

  /** Whose code works. */
  enum Program {
    TASKWIRE {
      @Override
      Load open(String brokerUri) {
        return new QueueLoad(brokerUri, false);
      }
    },
    TASKWIRE_BLOCKING {
      @Override
      Load open(String brokerUri) {
        return new QueueLoad(brokerUri, true);
      }
    },
    AMQP_CLIENT {
      @Override
      Load open(String brokerUri) {
        return new AmqpLoad(brokerUri);
      }
    };

    abstract Load open(String brokerUri);
  }

  private final CommandJvm jvm;

  private LoadJvm(CommandJvm jvm) {
    this.jvm = jvm;
  }

  static LoadJvm start(Program program, String brokerUri, List<String> flags) {
    return start(CommandJvm.SAME_JDK, program, brokerUri, flags);
  }

  static LoadJvm start(Path javaHome, Program program, String brokerUri, List<String> flags) {
    return new LoadJvm(
        CommandJvm.start(javaHome, LoadProcess.class, flags, program.name(), brokerUri));
  }

  @Override
  public void serve(String name, int concurrency) {
    jvm.ask("serve " + name + " " + concurrency);
  }

  @Override
  public Measurement roundTrips(String name, int window, int size, Duration length) {
    return measure("round-trips " + name + " " + window + " " + size + " " + length.toMillis());
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return measure("one-at-a-time " + name + " " + length.toMillis());
  }

  @Override
  public Measurement openLoop(String name, long perSecond, Duration length) {
    return measure("open-loop " + name + " " + perSecond + " " + length.toMillis());
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return measure("submits " + name + " " + window + " " + count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return measure("drain " + name + " " + concurrency + " " + count);
  }

  /** For how long its compilers have worked so far. */
  Duration compiled() {
    return Duration.ofMillis(Long.parseLong(jvm.ask("compiled")));
  }

  private Measurement measure(String command) {
    return Measurement.parse(jvm.ask(command));
  }

  @Override
  public void close() {
    jvm.close();
  }
}
