/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Reply;

/** The replies that are not success, in words: what the server sent, why, and what to do. */
final class ReplyMeaning {

  private ReplyMeaning() {}

  static String of(Reply reply) {
    if (reply instanceof Reply.NotFound) {
      return "NOT_FOUND: there is no such job or tube, or the job is not in the state that this needs; a job that is held can"
          + " only be settled by the connection that holds it, within its time to run";
    }
    if (reply instanceof Reply.TimedOut) {
      return "TIMED_OUT: no job came in time";
    }
    if (reply instanceof Reply.DeadlineSoon) {
      return "DEADLINE_SOON: a job that this connection holds has less than a second of its time to run left; settle or touch"
          + " it, then reserve again";
    }
    if (reply instanceof Reply.Draining) {
      return "DRAINING: the server takes no new jobs; give it to another one";
    }
    if (reply instanceof Reply.JobTooBig) {
      return "JOB_TOO_BIG: the body is over the server's limit; its stats say which (max-job-size), and -z raises it";
    }
    if (reply instanceof Reply.InsertedBuried inserted) {
      return "BURIED " + inserted.id()
          + ": the server has the job, but no memory to queue it; kick it when there is some";
    }
    if (reply instanceof Reply.Buried) {
      return "BURIED: the server has no memory to queue the job and has put it aside; kick it when there is some";
    }
    if (reply instanceof Reply.Oversized oversized) {
      return oversized.keyword() + " with a body of " + oversized.length()
          + " bytes, which is over maxPayload and was skipped; a job that was reserved is held all the same: delete, release or"
          + " bury it, or raise maxPayload";
    }
    return refusal(reply);
  }

  private static String refusal(Reply reply) {
    if (reply instanceof Reply.NotIgnored) {
      return "NOT_IGNORED: one tube at least must be watched; watch another one first";
    }
    if (reply instanceof Reply.OutOfMemory) {
      return "OUT_OF_MEMORY: the server has no memory, or no room on its disk, for this; give it to another one, or later";
    }
    if (reply instanceof Reply.BrokerInternalError) {
      return "INTERNAL_ERROR: a mistake in the server; its log may say more";
    }
    if (reply instanceof Reply.BadFormat) {
      return "BAD_FORMAT: the server could not read the command";
    }
    if (reply instanceof Reply.UnknownCommand) {
      return "UNKNOWN_COMMAND: the server is too old for this command, or is no beanstalkd";
    }
    if (reply instanceof Reply.ExpectedCrlf) {
      return "EXPECTED_CRLF: the server found no end of the body where it was announced";
    }
    return reply.toString();
  }
}
