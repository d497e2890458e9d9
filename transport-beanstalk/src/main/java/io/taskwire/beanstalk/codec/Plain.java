/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

/** The replies that are one word: one instance each. */
final class Plain {

  static final Reply BURIED = new Reply.Buried();
  static final Reply KICKED_JOB = new Reply.KickedJob();
  private static final Reply DELETED = new Reply.Deleted();
  private static final Reply TIMED_OUT = new Reply.TimedOut();
  private static final Reply TOUCHED = new Reply.Touched();
  private static final Reply NOT_FOUND = new Reply.NotFound();
  private static final Reply RELEASED = new Reply.Released();
  private static final Reply DEADLINE_SOON = new Reply.DeadlineSoon();
  private static final Reply PAUSED = new Reply.Paused();
  private static final Reply NOT_IGNORED = new Reply.NotIgnored();
  private static final Reply JOB_TOO_BIG = new Reply.JobTooBig();
  private static final Reply DRAINING = new Reply.Draining();
  private static final Reply EXPECTED_CRLF = new Reply.ExpectedCrlf();
  private static final Reply OUT_OF_MEMORY = new Reply.OutOfMemory();
  private static final Reply INTERNAL_ERROR = new Reply.BrokerInternalError();
  private static final Reply BAD_FORMAT = new Reply.BadFormat();
  private static final Reply UNKNOWN_COMMAND = new Reply.UnknownCommand();

  private Plain() {}

  static Reply of(Keyword keyword) {
    return switch (keyword) {
      case DELETED -> DELETED;
      case TIMED_OUT -> TIMED_OUT;
      case TOUCHED -> TOUCHED;
      case NOT_FOUND -> NOT_FOUND;
      case RELEASED -> RELEASED;
      case DEADLINE_SOON -> DEADLINE_SOON;
      case PAUSED -> PAUSED;
      case NOT_IGNORED -> NOT_IGNORED;
      case JOB_TOO_BIG -> JOB_TOO_BIG;
      case DRAINING -> DRAINING;
      case EXPECTED_CRLF -> EXPECTED_CRLF;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case INTERNAL_ERROR -> INTERNAL_ERROR;
      case BAD_FORMAT -> BAD_FORMAT;
      case UNKNOWN_COMMAND -> UNKNOWN_COMMAND;
      case INSERTED, RESERVED, FOUND, OK, USING, WATCHING, KICKED, BURIED ->
        throw new IllegalArgumentException(keyword + " carries words");
    };
  }
}
