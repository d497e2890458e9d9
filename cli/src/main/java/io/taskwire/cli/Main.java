/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

/** The program. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments as the shell gives them
   */
  public static void main(String[] arguments) {
    // Not by returning: Netty's threads would keep the process for a second more.
    System.exit(Taskwire.commandLine(Streams.ofProcess()).execute(arguments));
  }
}
