/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class MicroBenchmarksTest {

  @Test
  void every_one_of_them_runs() throws RunnerException {
    Options shortly = new OptionsBuilder()
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(20))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();

    assertThat(new Runner(shortly).run())
        .extracting(RunResult::getPrimaryResult)
        .allSatisfy(result -> assertThat(result.getScore()).isPositive())
        .hasSize(18);
  }
}
