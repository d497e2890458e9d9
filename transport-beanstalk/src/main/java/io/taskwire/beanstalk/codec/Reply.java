/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;

/**
 * What the broker answers. Replies come strictly in the order of the commands. Refusals are values like any other, of the
 * type {@link Refusal}.
 *
 * <p>Source: {@code doc/protocol.txt} of beanstalkd 1.12.
 */
public sealed interface Reply {

  /** A reply that says that the command was not done. */
  sealed interface Refusal extends Reply {}

  /**
   * The job is in the tube: {@code INSERTED id}.
   *
   * @param id the job
   */
  record Inserted(long id) implements Reply {}

  /**
   * The job was taken and buried, since the broker had no memory to queue it: {@code BURIED id}.
   *
   * @param id the job
   */
  record InsertedBuried(long id) implements Reply {}

  /**
   * The tube in use: {@code USING tube}.
   *
   * @param tube the tube
   */
  record Using(Tube tube) implements Reply {}

  /**
   * This connection holds the job now: {@code RESERVED id bytes}.
   *
   * @param id the job
   * @param body its bytes, owned by the receiver
   */
  record Reserved(long id, Buffer body) implements Reply {}

  /**
   * A job was shown: {@code FOUND id bytes}.
   *
   * @param id the job
   * @param body its bytes, owned by the receiver
   */
  record Found(long id, Buffer body) implements Reply {}

  /**
   * Numbers or names: {@code OK bytes}; {@link StatsText} reads them.
   *
   * @param body lines of text
   */
  record Ok(Buffer body) implements Reply {}

  /**
   * Nothing is ready, and a held job has less than a second of its time to run left: {@code DEADLINE_SOON}.
   */
  record DeadlineSoon() implements Reply {}

  /**
   * No job came in time: {@code TIMED_OUT}.
   */
  record TimedOut() implements Reply {}

  /**
   * The job is gone: {@code DELETED}.
   */
  record Deleted() implements Reply {}

  /**
   * The job is ready or delayed again: {@code RELEASED}.
   */
  record Released() implements Reply {}

  /**
   * The job is put aside: {@code BURIED}. The answer to a release if the broker has no memory to queue the job.
   */
  record Buried() implements Reply {}

  /**
   * The time to run starts again: {@code TOUCHED}.
   */
  record Touched() implements Reply {}

  /**
   * How many tubes are watched: {@code WATCHING count}.
   *
   * @param count the number of tubes
   */
  record Watching(long count) implements Reply {}

  /**
   * How many jobs were made ready: {@code KICKED count}.
   *
   * @param count the number of jobs
   */
  record Kicked(long count) implements Reply {}

  /**
   * The job was made ready: {@code KICKED}.
   */
  record KickedJob() implements Reply {}

  /**
   * The tube pauses: {@code PAUSED}.
   */
  record Paused() implements Reply {}

  /**
   * There is no such job or tube, or the job is not in the state that the command needs: {@code NOT_FOUND}.
   */
  record NotFound() implements Refusal {}

  /**
   * The only watched tube cannot be ignored: {@code NOT_IGNORED}.
   */
  record NotIgnored() implements Refusal {}

  /**
   * The body is over the limit of the broker; the stream is in step: {@code JOB_TOO_BIG}.
   */
  record JobTooBig() implements Refusal {}

  /**
   * The broker takes no new jobs: {@code DRAINING}.
   */
  record Draining() implements Refusal {}

  /**
   * The body did not end where the command said; the stream is out of step: {@code EXPECTED_CRLF}.
   */
  record ExpectedCrlf() implements Refusal {}

  /**
   * The broker has no memory or disk left for this: {@code OUT_OF_MEMORY}.
   */
  record OutOfMemory() implements Refusal {}

  /**
   * The broker found a mistake of its own: {@code INTERNAL_ERROR}.
   */
  record BrokerInternalError() implements Refusal {}

  /**
   * The broker could not read the command: {@code BAD_FORMAT}.
   */
  record BadFormat() implements Refusal {}

  /**
   * The broker does not know the command: {@code UNKNOWN_COMMAND}.
   */
  record UnknownCommand() implements Refusal {}

  /**
   * A reply whose body is over the limit of this side; the body was skipped, and the stream is in step. A job of this id is held all the same if the command was a reserve.
   *
   * @param keyword what the broker sent: {@code RESERVED}, {@code FOUND} or {@code OK}
   * @param id the job, 0 if the reply has none
   * @param length bytes of the body
   * @param head its first bytes, at most 4 KiB
   */
  record Oversized(String keyword, long id, long length, Buffer head) implements Reply {}
}
