/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;

/**
 * A command of the protocol. Every value is checked when the command is made: what can be written is one well-formed
 * line of at most 224 bytes, and for {@link Put} one body.
 *
 * <p>Source: {@code doc/protocol.txt} of beanstalkd 1.12; each record names the type of its replies.
 */
public sealed interface Command {

  /** The largest priority number, the least urgent. */
  long MAX_PRIORITY = 0xFFFF_FFFFL;

  /** The largest number of seconds of a delay or a time to run. */
  long MAX_SECONDS = 0xFFFF_FFFFL;

  /**
   * Appends the command as the broker reads it.
   *
   * @param out where to; owned by the caller
   */
  void encode(Buffer out);

  /**
   * Whether the broker may hold back the answer to wait for a job; it then reads nothing else from this connection.
   *
   * @return true for a reserve that waits
   */
  default boolean blocking() {
    return false;
  }

  /**
   * Whether a reply can be the answer to this command; if not, the stream is out of step.
   *
   * @param reply as {@link ReplyParser} finds it
   * @return true for a reply of the type that the command names, and for {@link Reply.Ok} where that has a body of text
   */
  boolean isAnsweredBy(Reply reply);

  /**
   * Puts a job into the tube in use. Replies: {@link PutReply}.
   *
   * @param priority 0, the most urgent, to {@link #MAX_PRIORITY}
   * @param delaySeconds how long the job is kept from being reserved
   * @param ttrSeconds time to run, at least 1: how long a worker may hold the job without a touch
   * @param body any bytes; not to be changed until the command is encoded
   */
  record Put(long priority, long delaySeconds, long ttrSeconds, Buffer body) implements Command {
    private static final byte[] WORD = Ascii.bytes("put ");

    /**
     * Checks the values.
     *
     * @param priority how urgent
     * @param delaySeconds how long the job is kept from being reserved
     * @param ttrSeconds time to run
     * @param body any bytes
     */
    public Put {
      Range.check("a priority", priority, 0, MAX_PRIORITY);
      Range.check("a delay in seconds", delaySeconds, 0, MAX_SECONDS);
      Range.check("a time to run in seconds", ttrSeconds, 1, MAX_SECONDS);
    }

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, priority);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, delaySeconds);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, ttrSeconds);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, body.length());
      out.appendBytes(Ascii.CRLF);
      out.appendBuffer(body);
      out.appendBytes(Ascii.CRLF);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PutReply;
    }
  }

  /**
   * Chooses the tube that later puts go to. Replies: {@link UseReply}.
   *
   * @param tube the tube
   */
  record Use(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("use ");

    @Override
    public void encode(Buffer out) {
      tube.appendLine(out, WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof UseReply;
    }
  }

  /**
   * Takes a job out of the watched tubes and waits for one without limit. Replies: {@link ReserveReply}.
   */
  record Reserve() implements Command {
    private static final byte[] WORD = Ascii.bytes("reserve\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean blocking() {
      return true;
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ReserveReply;
    }
  }

  /**
   * Takes a job out of the watched tubes. Replies: {@link ReserveReply}.
   *
   * @param seconds how long to wait for one; with 0 the answer comes at once
   */
  record ReserveWithTimeout(int seconds) implements Command {
    private static final byte[] WORD = Ascii.bytes("reserve-with-timeout ");

    /**
     * Checks the values.
     *
     * @param seconds how long to wait for one
     */
    public ReserveWithTimeout {
      Range.check("a timeout in seconds", seconds, 0, Integer.MAX_VALUE);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, seconds);
    }

    @Override
    public boolean blocking() {
      return seconds > 0;
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ReserveReply;
    }
  }

  /**
   * Takes this job, from any tube and state unless somebody holds it. Replies: {@link ReserveJobReply}.
   *
   * @param id the job
   */
  record ReserveJob(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("reserve-job ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public ReserveJob {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ReserveJobReply;
    }
  }

  /**
   * Removes a job that this connection holds, or that nobody holds. Replies: {@link DeleteReply}.
   *
   * @param id the job
   */
  record Delete(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("delete ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public Delete {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof DeleteReply;
    }
  }

  /**
   * Gives back a job that this connection holds. Replies: {@link ReleaseReply}.
   *
   * @param id the job
   * @param priority its priority from now on
   * @param delaySeconds how long the job is kept from being reserved
   */
  record Release(long id, long priority, long delaySeconds) implements Command {
    private static final byte[] WORD = Ascii.bytes("release ");

    /**
     * Checks the values.
     *
     * @param id the job
     * @param priority its priority from now on
     * @param delaySeconds how long the job is kept from being reserved
     */
    public Release {
      Range.checkId(id);
      Range.check("a priority", priority, 0, MAX_PRIORITY);
      Range.check("a delay in seconds", delaySeconds, 0, MAX_SECONDS);
    }

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, priority);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, delaySeconds);
      out.appendBytes(Ascii.CRLF);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ReleaseReply;
    }
  }

  /**
   * Puts aside a job that this connection holds, until it is kicked. Replies: {@link BuryReply}.
   *
   * @param id the job
   * @param priority its priority from now on
   */
  record Bury(long id, long priority) implements Command {
    private static final byte[] WORD = Ascii.bytes("bury ");

    /**
     * Checks the values.
     *
     * @param id the job
     * @param priority its priority from now on
     */
    public Bury {
      Range.checkId(id);
      Range.check("a priority", priority, 0, MAX_PRIORITY);
    }

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, priority);
      out.appendBytes(Ascii.CRLF);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof BuryReply;
    }
  }

  /**
   * Starts the time to run of a held job again. Replies: {@link TouchReply}.
   *
   * @param id the job
   */
  record Touch(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("touch ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public Touch {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof TouchReply;
    }
  }

  /**
   * Adds a tube to those that reserve takes from. Replies: {@link WatchReply}.
   *
   * @param tube the tube
   */
  record Watch(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("watch ");

    @Override
    public void encode(Buffer out) {
      tube.appendLine(out, WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof WatchReply;
    }
  }

  /**
   * Takes a tube out of those that reserve takes from. Replies: {@link IgnoreReply}.
   *
   * @param tube the tube
   */
  record Ignore(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("ignore ");

    @Override
    public void encode(Buffer out) {
      tube.appendLine(out, WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof IgnoreReply;
    }
  }

  /**
   * Shows a job. Replies: {@link PeekReply}.
   *
   * @param id the job
   */
  record Peek(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("peek ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public Peek {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PeekReply;
    }
  }

  /**
   * Shows the next ready job of the tube in use. Replies: {@link PeekReply}.
   */
  record PeekReady() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-ready\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PeekReply;
    }
  }

  /**
   * Shows the delayed job of the tube in use that is due next. Replies: {@link PeekReply}.
   */
  record PeekDelayed() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-delayed\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PeekReply;
    }
  }

  /**
   * Shows the oldest buried job of the tube in use. Replies: {@link PeekReply}.
   */
  record PeekBuried() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-buried\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PeekReply;
    }
  }

  /**
   * Makes buried jobs of the tube in use ready, or delayed ones if none is buried. Replies: {@link KickReply}.
   *
   * @param bound how many at most
   */
  record Kick(long bound) implements Command {
    private static final byte[] WORD = Ascii.bytes("kick ");

    /**
     * Checks the values.
     *
     * @param bound how many at most
     */
    public Kick {
      Range.check("a bound", bound, 0, Range.UNSIGNED_INT);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, bound);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof KickReply;
    }
  }

  /**
   * Makes one buried or delayed job ready. Replies: {@link KickJobReply}.
   *
   * @param id the job
   */
  record KickJob(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("kick-job ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public KickJob {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof KickJobReply;
    }
  }

  /**
   * Numbers of the broker. Replies: {@link StatsReply}.
   */
  record Stats() implements Command {
    private static final byte[] WORD = Ascii.bytes("stats\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof StatsReply || reply instanceof Reply.Ok;
    }
  }

  /**
   * Numbers of a job. Replies: {@link StatsJobReply}.
   *
   * @param id the job
   */
  record StatsJob(long id) implements Command {
    private static final byte[] WORD = Ascii.bytes("stats-job ");

    /**
     * Checks the values.
     *
     * @param id the job
     */
    public StatsJob {
      Range.checkId(id);
    }

    @Override
    public void encode(Buffer out) {
      Ascii.appendLine(out, WORD, id);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof StatsJobReply || reply instanceof Reply.Ok;
    }
  }

  /**
   * Numbers of a tube. Replies: {@link StatsTubeReply}.
   *
   * @param tube the tube
   */
  record StatsTube(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("stats-tube ");

    @Override
    public void encode(Buffer out) {
      tube.appendLine(out, WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof StatsTubeReply || reply instanceof Reply.Ok;
    }
  }

  /**
   * The tubes there are. Replies: {@link ListTubesReply}.
   */
  record ListTubes() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tubes\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ListTubesReply || reply instanceof Reply.Ok;
    }
  }

  /**
   * The tube that puts go to. Replies: {@link UseReply}.
   */
  record ListTubeUsed() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tube-used\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof UseReply;
    }
  }

  /**
   * The tubes that reserve takes from. Replies: {@link ListTubesReply}.
   */
  record ListTubesWatched() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tubes-watched\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof ListTubesReply || reply instanceof Reply.Ok;
    }
  }

  /**
   * Keeps the jobs of a tube from being reserved; puts go on. Replies: {@link PauseTubeReply}.
   *
   * @param tube the tube
   * @param delaySeconds how long; 0 ends a pause
   */
  record PauseTube(Tube tube, long delaySeconds) implements Command {
    private static final byte[] WORD = Ascii.bytes("pause-tube ");

    /**
     * Checks the values.
     *
     * @param tube the tube
     * @param delaySeconds how long
     */
    public PauseTube {
      Range.check("a delay in seconds", delaySeconds, 0, MAX_SECONDS);
    }

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      tube.appendTo(out);
      out.appendByte((byte) ' ');
      Ascii.appendDecimal(out, delaySeconds);
      out.appendBytes(Ascii.CRLF);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return reply instanceof PauseTubeReply;
    }
  }

  /**
   * Closes the connection; there is no reply. Replies: none.
   */
  record Quit() implements Command {
    private static final byte[] WORD = Ascii.bytes("quit\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }

    @Override
    public boolean isAnsweredBy(Reply reply) {
      return false;
    }
  }
}
