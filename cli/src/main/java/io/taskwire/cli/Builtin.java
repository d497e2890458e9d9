/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.AsyncTaskHandler;
import io.taskwire.TaskFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
  SLEEP;

  /**
   * One of them as it is named on the command line.
   *
   * @param builtin which
   * @param millis how long it sleeps
   */
  record Choice(Builtin builtin, long millis) {

    <T> AsyncTaskHandler<T, T> handler(Format<T> format) {
      return switch (builtin) {
        case ECHO -> Future::succeededFuture;
        case REVERSE -> value -> Future.succeededFuture(format.reverse(value));
        case UPPER -> value -> Future.succeededFuture(format.upper(value));
        case FAIL ->
          value ->
              Future.failedFuture(new TaskFailure("BuiltinFailure", "this handler fails always"));
        case SLEEP -> value -> later(value, millis);
      };
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

    private static final String SLEEPING = "sleep:";

    @Override
    public Choice convert(String text) {
      return switch (text) {
        case "echo" -> new Choice(ECHO, 0);
        case "reverse" -> new Choice(REVERSE, 0);
        case "upper" -> new Choice(UPPER, 0);
        case "fail" -> new Choice(FAIL, 0);
        default -> new Choice(SLEEP, millis(text));
      };
    }

    private static long millis(String text) {
      String number = text.startsWith(SLEEPING) ? text.substring(SLEEPING.length()) : "";
      if (!number.matches("\\d{1,9}")) {
        throw new TypeConversionException("\"" + text
            + "\" is none of echo, reverse, upper, fail, and sleep: with milliseconds (sleep:100)");
      }
      return Long.parseLong(number);
    }
  }
}
