/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * How a process does what {@link CommandJvm} asks of it: one command a line on standard input, with whose end it ends.
 * Each is answered with {@code ok} and what came of it, or with {@code failed} and the reason.
 */
final class CommandLoop {

  private CommandLoop() {}

  /** Works until there are no more commands; one is given as its words. */
  static void run(Function<String[], String> performer) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String answer;
      try {
        answer = "ok " + performer.apply(line.split(" ", -1));
      } catch (RuntimeException e) {
        e.printStackTrace();
        answer = "failed " + e;
      }
      System.out.println(answer.replace('\n', ' '));
    }
  }
}
