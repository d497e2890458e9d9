/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import picocli.CommandLine.Option;

/** How much of the library's log is shown on stderr. */
final class LogOptions {

  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String LEVEL_OF = "org.slf4j.simpleLogger.log.";

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the log, warnings alone otherwise. -vv shows more.")
  private boolean[] verbose = {};

  /** To be called before anything makes a logger; what the command itself reports about connecting is left out. */
  void applyForOneTask() {
    apply("io.taskwire.spi.Reconnector", "off");
  }

  /** The same for a worker: its attempts to connect are shown, failures only as the command itself reports them. */
  void applyForWorker() {
    apply("io.taskwire.spi.Reconnector", "info");
    apply("io.taskwire.impl.HandlerRun", "off"); // it would add a stack trace to each
  }

  private void apply(String logger, String quietLevel) {
    if (verbose.length == 0) {
      System.setProperty(LEVEL, "warn");
      System.setProperty(LEVEL_OF + logger, quietLevel);
    } else {
      System.setProperty(LEVEL, verbose.length == 1 ? "info" : "debug");
      System.setProperty(LEVEL_OF + "io.netty", "info");
    }
  }
}
