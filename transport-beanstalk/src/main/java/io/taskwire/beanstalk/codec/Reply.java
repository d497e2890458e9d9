/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What the broker answers. Replies come strictly in the order of the commands. Refusals are values like any other, of the
 * type {@link Refusal}.
 *
 * <p>Source: {@code doc/protocol.txt} of beanstalkd 1.12.
 */
public sealed interface Reply
    permits PutReply,
        UseReply,
        ReserveReply,
        ReserveJobReply,
        DeleteReply,
        ReleaseReply,
        BuryReply,
        TouchReply,
        WatchReply,
        IgnoreReply,
        PeekReply,
        KickReply,
        KickJobReply,
        PauseTubeReply,
        StatsReply,
        StatsJobReply,
        StatsTubeReply,
        ListTubesReply,
        Reply.Refusal,
        Reply.Ok {

  /** A reply that says that the command was not done. */
  sealed interface Refusal extends Reply
      permits NotFound, NotIgnored, JobTooBig, Draining, ExpectedCrlf, ServerError {}

  /** A refusal that any command may get. */
  sealed interface ServerError
      extends Refusal,
          PutReply,
          UseReply,
          ReserveReply,
          ReserveJobReply,
          DeleteReply,
          ReleaseReply,
          BuryReply,
          TouchReply,
          WatchReply,
          IgnoreReply,
          PeekReply,
          KickReply,
          KickJobReply,
          PauseTubeReply,
          StatsReply,
          StatsJobReply,
          StatsTubeReply,
          ListTubesReply
      permits OutOfMemory, BrokerInternalError, BadFormat, UnknownCommand {}

  /**
   * The job is in the tube: {@code INSERTED id}.
   *
   * @param id the job
   */
  record Inserted(long id) implements PutReply {}

  /**
   * The job was taken and buried, since the broker had no memory to queue it: {@code BURIED id}.
   *
   * @param id the job
   */
  record InsertedBuried(long id) implements PutReply {}

  /**
   * The tube in use: {@code USING tube}.
   *
   * @param tube the tube
   */
  record Using(Tube tube) implements UseReply {}

  /**
   * This connection holds the job now: {@code RESERVED id bytes}.
   *
   * @param id the job
   * @param body its bytes, owned by the receiver
   */
  record Reserved(long id, Buffer body) implements ReserveReply, ReserveJobReply {}

  /**
   * A job was shown: {@code FOUND id bytes}.
   *
   * @param id the job
   * @param body its bytes, owned by the receiver
   */
  record Found(long id, Buffer body) implements PeekReply {}

  /**
   * Numbers or names: {@code OK bytes}; {@link StatsText} and the records of statistics read them.
   *
   * @param body lines of text
   */
  record Ok(Buffer body) implements Reply {}

  /**
   * Tubes by name, as read from the {@link Ok} of {@code list-tubes} and {@code list-tubes-watched}.
   *
   * @param tubes in the server's order
   */
  record TubeList(List<Tube> tubes) implements ListTubesReply {
    /**
     * Copies the list.
     *
     * @param tubes in the server's order
     */
    public TubeList {
      tubes = List.copyOf(tubes);
    }
  }

  /**
   * Nothing is ready, and a held job has less than a second of its time to run left: {@code DEADLINE_SOON}.
   */
  record DeadlineSoon() implements ReserveReply {}

  /**
   * No job came in time: {@code TIMED_OUT}.
   */
  record TimedOut() implements ReserveReply {}

  /**
   * The job is gone: {@code DELETED}.
   */
  record Deleted() implements DeleteReply {}

  /**
   * The job is ready or delayed again: {@code RELEASED}.
   */
  record Released() implements ReleaseReply {}

  /**
   * The job is put aside: {@code BURIED}. The answer to a release if the broker has no memory to queue the job.
   */
  record Buried() implements ReleaseReply, BuryReply {}

  /**
   * The time to run starts again: {@code TOUCHED}.
   */
  record Touched() implements TouchReply {}

  /**
   * How many tubes are watched: {@code WATCHING count}.
   *
   * @param count the number of tubes
   */
  record Watching(long count) implements WatchReply, IgnoreReply {}

  /**
   * How many jobs were made ready: {@code KICKED count}.
   *
   * @param count the number of jobs
   */
  record Kicked(long count) implements KickReply {}

  /**
   * The job was made ready: {@code KICKED}.
   */
  record KickedJob() implements KickJobReply {}

  /**
   * The tube pauses: {@code PAUSED}.
   */
  record Paused() implements PauseTubeReply {}

  /**
   * There is no such job or tube, or the job is not in the state that the command needs: {@code NOT_FOUND}.
   */
  record NotFound()
      implements Refusal,
          ReserveJobReply,
          DeleteReply,
          ReleaseReply,
          BuryReply,
          TouchReply,
          PeekReply,
          KickJobReply,
          PauseTubeReply,
          StatsJobReply,
          StatsTubeReply {}

  /**
   * The only watched tube cannot be ignored: {@code NOT_IGNORED}.
   */
  record NotIgnored() implements Refusal, IgnoreReply {}

  /**
   * The body is over the limit of the broker; the stream is in step: {@code JOB_TOO_BIG}.
   */
  record JobTooBig() implements Refusal, PutReply {}

  /**
   * The broker takes no new jobs: {@code DRAINING}.
   */
  record Draining() implements Refusal, PutReply {}

  /**
   * The body did not end where the command said; the stream is out of step: {@code EXPECTED_CRLF}.
   */
  record ExpectedCrlf() implements Refusal, PutReply {}

  /**
   * The broker has no memory or disk left for this: {@code OUT_OF_MEMORY}.
   */
  record OutOfMemory() implements ServerError {}

  /**
   * The broker found a mistake of its own: {@code INTERNAL_ERROR}.
   */
  record BrokerInternalError() implements ServerError {}

  /**
   * The broker could not read the command: {@code BAD_FORMAT}.
   */
  record BadFormat() implements ServerError {}

  /**
   * The broker does not know the command: {@code UNKNOWN_COMMAND}.
   */
  record UnknownCommand() implements ServerError {}

  /**
   * A reply whose body is over the limit of this side; the body was skipped, and the stream is in step. A job of this id is held all the same if the command was a reserve.
   *
   * @param keyword what the broker sent: {@code RESERVED}, {@code FOUND} or {@code OK}
   * @param id the job, 0 if the reply has none
   * @param length bytes of the body
   * @param head its first bytes, at most 4 KiB
   */
  record Oversized(String keyword, long id, long length, Buffer head)
      implements ReserveReply,
          ReserveJobReply,
          PeekReply,
          StatsReply,
          StatsJobReply,
          StatsTubeReply,
          ListTubesReply {}
}
