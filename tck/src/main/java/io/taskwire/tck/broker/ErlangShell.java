/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The shell of a node, on our end of a pipe: it does what {@code rabbitmqctl} does, in milliseconds instead of seconds.
 * The node ends when the pipe does, so none outlives this JVM, however that ends.
 */
final class ErlangShell {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String DONE = "ok ";

  private final BrokerProcess process;
  private final Path folder;
  private int asked;

  ErlangShell(BrokerProcess process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Evaluates an expression and gives its value as Erlang writes it; what the expression throws is an error. */
  String evaluate(String expression, Duration limit) {
    Path answer = folder.resolve("answer-" + ++asked);
    // Written to another file first, so that an answer is there as a whole; in a function, so that
    // it binds no names.
    String line = "(fun() -> A = try io_lib:format(\"" + DONE + "~tp\", [begin " + expression
        + " end]) catch C:R -> io_lib:format(\"~tp: ~tp\", [C, R]) end, ok = file:write_file(\""
        + answer
        + ".part\", unicode:characters_to_binary(A)), ok = file:rename(\"" + answer + ".part\", \""
        + answer + "\") end)().";
    try {
      process.tell(line.replace("\n", " "));
      String text = await(answer, expression, limit);
      if (!text.startsWith(DONE)) {
        throw new IllegalStateException("the node refused " + expression + ": " + text);
      }
      return text.substring(DONE.length());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the node for " + expression, e);
    }
  }

  private String await(Path answer, String expression, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (Files.notExists(answer)) {
      if (!process.isRunning()) {
        throw new IllegalStateException("the node ended instead of answering " + expression);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "the node did not answer within " + limit.toSeconds() + " s: " + expression);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    String text = Files.readString(answer, StandardCharsets.UTF_8);
    Files.delete(answer);
    return text;
  }

  /** Writes a text as an Erlang binary. */
  static String binary(String text) {
    return "<<\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"/utf8>>";
  }
}
