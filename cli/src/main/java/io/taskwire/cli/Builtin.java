/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.AsyncContextTaskHandler;
import io.taskwire.TaskContext;
import io.taskwire.TaskFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Handlers for trying things out. They run on the event loop. */
enum Builtin {
  /** Answers with the payload. */
  ECHO,
  /** Answers with the payload backwards. */
  REVERSE,
  /** Answers with capital letters. */
  UPPER,
  /** Fails. */
  FAIL,
  /** Answers with the payload after a while. */
  SLEEP,
  /** Answers with the payload after having reported progress so many times. */
  COUNT;

  /**
   * One of them as it is named on the command line.
   *
   * @param builtin which
   * @param number how many milliseconds it sleeps, or how far it counts
   */
  record Choice(Builtin builtin, long number) {

    <T> AsyncContextTaskHandler<T, T> handler(Format<T> format) {
      return switch (builtin) {
        case ECHO -> (value, context) -> Future.succeededFuture(value);
        case REVERSE -> (value, context) -> Future.succeededFuture(format.reverse(value));
        case UPPER -> (value, context) -> Future.succeededFuture(format.upper(value));
        case FAIL ->
          (value, context) ->
              Future.failedFuture(new TaskFailure("BuiltinFailure", "this handler fails always"));
        case SLEEP -> (value, context) -> later(value, number);
        case COUNT -> (value, context) -> count(context, 1, number).map(value);
      };
    }

    /** Each report waits until the one before is on its way. */
    private static Future<Void> count(TaskContext context, long done, long total) {
      return done > total
          ? Future.succeededFuture()
          : context.progress(done, total).compose(sent -> count(context, done + 1, total));
    }

    private static <T> Future<T> later(T value, long millis) {
      if (millis == 0) {
        return Future.succeededFuture(value);
      }
      Promise<T> promise = Promise.promise();
      Vertx vertx = Vertx.currentContext().owner();
      vertx.setTimer(millis, id -> promise.complete(value));
      return promise.future();
    }
  }

  /** Reads the name of one. */
  static final class Converter implements ITypeConverter<Choice> {

    private static final Pattern WITH_NUMBER = Pattern.compile("(sleep|count):(\\d{1,9})");

    @Override
    public Choice convert(String text) {
      Matcher numbered = WITH_NUMBER.matcher(text);
      if (numbered.matches()) {
        Builtin builtin = numbered.group(1).equals("sleep") ? SLEEP : COUNT;
        return new Choice(builtin, Long.parseLong(numbered.group(2)));
      }
      return switch (text) {
        case "echo" -> new Choice(ECHO, 0);
        case "reverse" -> new Choice(REVERSE, 0);
        case "upper" -> new Choice(UPPER, 0);
        case "fail" -> new Choice(FAIL, 0);
        default ->
          throw new TypeConversionException("\"" + text
              + "\" is none of echo, reverse, upper, fail, sleep: with milliseconds (sleep:100), and count: with a"
              + " number (count:10)");
      };
    }
  }
}
