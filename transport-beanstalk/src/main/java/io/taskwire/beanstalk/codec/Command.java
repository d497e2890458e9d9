/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;

/**
 * A command of the protocol. Every value is checked when the command is made: what can be written is one well-formed
 * line of at most 224 bytes, and for {@link Put} one body.
 *
 * <p>Source: {@code doc/protocol.txt} of beanstalkd 1.12; each record names its replies beside those that every command
 * may get ({@link Reply.OutOfMemory}, {@link Reply.BrokerInternalError}, {@link Reply.BadFormat}, {@link
 * Reply.UnknownCommand}).
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
   * Puts a job into the tube in use. Replies: {@link Reply.Inserted}, {@link Reply.InsertedBuried}, {@link Reply.ExpectedCrlf}, {@link Reply.JobTooBig}, {@link Reply.Draining}.
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
  }

  /**
   * Chooses the tube that later puts go to. Replies: {@link Reply.Using}.
   *
   * @param tube the tube
   */
  record Use(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("use ");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      tube.appendTo(out);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Takes a job out of the watched tubes and waits for one without limit. Replies: {@link Reply.Reserved}, {@link Reply.DeadlineSoon}.
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
  }

  /**
   * Takes a job out of the watched tubes. Replies: {@link Reply.Reserved}, {@link Reply.DeadlineSoon}, {@link Reply.TimedOut}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, seconds);
      out.appendBytes(Ascii.CRLF);
    }

    @Override
    public boolean blocking() {
      return seconds > 0;
    }
  }

  /**
   * Takes this job, from any tube and state unless somebody holds it. Replies: {@link Reply.Reserved}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Removes a job that this connection holds, or that nobody holds. Replies: {@link Reply.Deleted}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Gives back a job that this connection holds. Replies: {@link Reply.Released}, {@link Reply.Buried}, {@link Reply.NotFound}.
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
  }

  /**
   * Puts aside a job that this connection holds, until it is kicked. Replies: {@link Reply.Buried}, {@link Reply.NotFound}.
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
  }

  /**
   * Starts the time to run of a held job again. Replies: {@link Reply.Touched}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Adds a tube to those that reserve takes from. Replies: {@link Reply.Watching}.
   *
   * @param tube the tube
   */
  record Watch(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("watch ");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      tube.appendTo(out);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Takes a tube out of those that reserve takes from. Replies: {@link Reply.Watching}, {@link Reply.NotIgnored}.
   *
   * @param tube the tube
   */
  record Ignore(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("ignore ");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      tube.appendTo(out);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Shows a job. Replies: {@link Reply.Found}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Shows the next ready job of the tube in use. Replies: {@link Reply.Found}, {@link Reply.NotFound}.
   */
  record PeekReady() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-ready\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * Shows the delayed job of the tube in use that is due next. Replies: {@link Reply.Found}, {@link Reply.NotFound}.
   */
  record PeekDelayed() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-delayed\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * Shows the oldest buried job of the tube in use. Replies: {@link Reply.Found}, {@link Reply.NotFound}.
   */
  record PeekBuried() implements Command {
    private static final byte[] WORD = Ascii.bytes("peek-buried\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * Makes buried jobs of the tube in use ready, or delayed ones if none is buried. Replies: {@link Reply.Kicked}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, bound);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Makes one buried or delayed job ready. Replies: {@link Reply.KickedJob}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Numbers of the broker. Replies: {@link Reply.Ok}.
   */
  record Stats() implements Command {
    private static final byte[] WORD = Ascii.bytes("stats\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * Numbers of a job. Replies: {@link Reply.Ok}, {@link Reply.NotFound}.
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
      out.appendBytes(WORD);
      Ascii.appendDecimal(out, id);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * Numbers of a tube. Replies: {@link Reply.Ok}, {@link Reply.NotFound}.
   *
   * @param tube the tube
   */
  record StatsTube(Tube tube) implements Command {
    private static final byte[] WORD = Ascii.bytes("stats-tube ");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
      tube.appendTo(out);
      out.appendBytes(Ascii.CRLF);
    }
  }

  /**
   * The tubes there are. Replies: {@link Reply.Ok}.
   */
  record ListTubes() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tubes\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * The tube that puts go to. Replies: {@link Reply.Using}.
   */
  record ListTubeUsed() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tube-used\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * The tubes that reserve takes from. Replies: {@link Reply.Ok}.
   */
  record ListTubesWatched() implements Command {
    private static final byte[] WORD = Ascii.bytes("list-tubes-watched\r\n");

    @Override
    public void encode(Buffer out) {
      out.appendBytes(WORD);
    }
  }

  /**
   * Keeps the jobs of a tube from being reserved; puts go on. Replies: {@link Reply.Paused}, {@link Reply.NotFound}.
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
  }
}
