/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.GearmanCommandException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.gearman.codec.TextLines;
import io.vertx.core.Promise;

/**
 * Waits for the text that answers a command, which is all text up to the answer of a question that was sent right behind the
 * command. Looking for the end in the text itself would not do: {@code show unique jobs} lists what users have chosen, and
 * that may be a dot or begin with {@code ERR}; and some servers do not answer commands they do not know.
 */
final class TextReply implements Reply {

  private final String server;
  private final TextCommand command;
  private final TextLines received;
  private final Promise<TextAnswer> answer;

  private TextReply(String server, TextCommand command, long limit, Promise<TextAnswer> answer) {
    this.server = server;
    this.command = command;
    this.received = new TextLines(limit);
    this.answer = answer;
  }

  /**
   * Sends a command.
   *
   * @param limit how many bytes of text to keep
   * @param answer completed with what the server says, which may be that it refuses
   */
  static void send(
      GearmanConnection connection, TextCommand command, long limit, Promise<TextAnswer> answer) {
    TextReply reply = new TextReply(connection.broker(), command, limit, answer);
    connection.send(command, reply);
    connection.send(Barrier.NO_JOB, reply.new End());
  }

  @Override
  public boolean accepts(Response packet) {
    return false;
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public boolean text(String line) {
    received.add(line);
    return true;
  }

  @Override
  public void answered(Response packet) {}

  @Override
  public void failed(Throwable cause, boolean sent) {
    // A server that shuts down says OK, and no more.
    if (TextAnswer.isWhole(received.lines())) {
      answer.tryComplete(TextAnswer.of(received.lines()));
    } else {
      answer.tryFail(cause);
    }
  }

  private void complete() {
    if (received.isTooLong()) {
      answer.tryFail(new GearmanException(
          "the answer to \"" + command.line() + "\" is too long; raise the limit of payloads",
          null));
    } else if (received.lines().isEmpty()) {
      answer.tryFail(new GearmanCommandException(
          server, command.line(), "", "it leaves commands that it does not know unanswered"));
    } else {
      answer.tryComplete(TextAnswer.of(received.lines()));
    }
  }

  /** The question behind the command. */
  private final class End implements Reply {

    @Override
    public boolean accepts(Response packet) {
      return packet instanceof StatusRes;
    }

    @Override
    public void answered(Response packet) {
      complete();
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
      TextReply.this.failed(cause, sent);
    }
  }
}
