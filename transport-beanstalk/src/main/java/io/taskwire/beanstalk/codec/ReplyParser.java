/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns chunks of bytes, cut anywhere, into replies.
 *
 * <p>A body over the limit is skipped as it streams, before memory is taken for it, and reported as {@link
 * Reply.Oversized}. Bytes that are no reply finish the parser: it reports once, then ignores what it is fed.
 *
 * <p>Not safe for use by several threads; the handler is called by the thread that feeds.
 */
public final class ReplyParser {

  /** Below this size a body is always copied, so that keeping it does not keep the chunk it came in. */
  private static final int COPY_BELOW = 4096;

  /** How much of a body that is skipped is kept: what stands at its beginning may say whose it is. */
  private static final int MAX_HEAD = 4096;

  private static final long FIRST_CAPACITY = 64 << 10;
  private static final long GROWTH = 4;

  private enum State {
    LINE,
    BODY,
    SKIP,
    BODY_END,
    FINISHED
  }

  private final long maxBody;
  private final ReplyHandler handler;
  private final ReplyLine line = new ReplyLine();

  private State state = State.LINE;

  // The reply whose body is being read.
  private Keyword keyword = Keyword.OK;
  private long id;
  private long bodyLength;
  private boolean oversized;
  private @Nullable Buffer body;
  private long capacity;
  private long missing;

  /**
   * Creates a parser at the start of a stream.
   *
   * @param maxBody bytes of the largest body that is handed on
   * @param handler takes what is found
   */
  public ReplyParser(int maxBody, ReplyHandler handler) {
    if (maxBody < 0) {
      throw new IllegalArgumentException("the largest body has 0 bytes or more, not " + maxBody);
    }
    this.maxBody = maxBody;
    this.handler = handler;
  }

  /**
   * Reads a chunk.
   *
   * @param chunk bytes as they came; large bodies are handed on as slices of it, so it must not be changed afterwards
   */
  public void feed(Buffer chunk) {
    int at = 0;
    int end = chunk.length();
    try {
      while (at < end && state != State.FINISHED) {
        at = step(chunk, at, end);
      }
    } catch (MalformedReplyException e) {
      finish();
      handler.malformed(e);
    }
  }

  /** Ends the parser: it ignores what it is fed from now on, also the rest of the chunk it is at. */
  public void finish() {
    state = State.FINISHED;
    body = null;
  }

  private int step(Buffer chunk, int at, int end) {
    return switch (state) {
      case LINE -> readLine(chunk, at, end);
      case BODY -> readBody(chunk, at, end);
      case SKIP -> skipBody(chunk, at, end);
      case BODY_END -> readBodyEnd(chunk, at);
      case FINISHED -> end;
    };
  }

  private int readLine(Buffer chunk, int at, int end) {
    int next = line.take(chunk, at, end);
    if (line.complete()) {
      understandLine();
    }
    return next;
  }

  private void understandLine() {
    Keyword word = line.keyword();
    switch (word) {
      case RESERVED, FOUND -> startBody(word, line.number());
      case OK -> startBody(word, 0);
      default -> {
        Reply reply = bodiless(word);
        line.end();
        line.clear();
        handler.reply(reply);
      }
    }
  }

  private Reply bodiless(Keyword word) {
    return switch (word) {
      case INSERTED -> new Reply.Inserted(line.number());
      case BURIED -> line.more() ? new Reply.InsertedBuried(line.number()) : Plain.BURIED;
      case KICKED -> line.more() ? new Reply.Kicked(line.number()) : Plain.KICKED_JOB;
      case WATCHING -> new Reply.Watching(line.number());
      case USING -> new Reply.Using(line.tube());
      default -> Plain.of(word);
    };
  }

  private void startBody(Keyword word, long jobId) {
    long length = line.number();
    line.end();
    line.clear();
    keyword = word;
    id = jobId;
    bodyLength = length;
    missing = length;
    oversized = length > maxBody;
    if (length == 0) {
      body = Buffer.buffer();
      expectBodyEnd();
    } else {
      state = oversized ? State.SKIP : State.BODY;
    }
  }

  private int readBody(Buffer chunk, int at, int end) {
    int take = (int) Math.min(missing, end - at);
    if (take == bodyLength) {
      body = cut(chunk, at, take);
    } else {
      body = room(take).appendBuffer(chunk, at, take);
    }
    missing -= take;
    if (missing == 0) {
      expectBodyEnd();
    }
    return at + take;
  }

  /** Memory is taken as the bytes come, not as the line before them promises. */
  private Buffer room(int more) {
    Buffer collected = body;
    if (collected == null) {
      capacity = Math.min(bodyLength, FIRST_CAPACITY);
      return Buffer.buffer((int) capacity);
    }
    int needed = collected.length() + more;
    if (needed > capacity) {
      capacity = Math.min(bodyLength, Math.max(needed, capacity * GROWTH));
      return Buffer.buffer((int) capacity).appendBuffer(collected);
    }
    return collected;
  }

  /** A slice keeps its whole chunk alive: many small ones would pin far more memory than they hold. */
  private static Buffer cut(Buffer chunk, int at, int length) {
    boolean small = length < COPY_BELOW || length < chunk.length() / 4;
    return small ? chunk.getBuffer(at, at + length) : chunk.slice(at, at + length);
  }

  private void expectBodyEnd() {
    state = State.BODY_END;
    missing = Ascii.CRLF.length;
  }

  private int skipBody(Buffer chunk, int at, int end) {
    int take = (int) Math.min(missing, end - at);
    if (body == null) {
      body = Buffer.buffer();
    }
    int wanted = Math.min(take, MAX_HEAD - body.length());
    if (wanted > 0) {
      body.appendBuffer(chunk, at, wanted);
    }
    missing -= take;
    if (missing == 0) {
      expectBodyEnd();
    }
    return at + take;
  }

  private int readBodyEnd(Buffer chunk, int at) {
    byte expected = Ascii.CRLF[Ascii.CRLF.length - (int) missing];
    if (chunk.getByte(at) != expected) {
      throw new MalformedReplyException(
          "the body of " + keyword + " does not end in CR LF after " + bodyLength + " bytes");
    }
    if (--missing == 0) {
      Reply reply = withBody();
      body = null;
      state = State.LINE;
      handler.reply(reply);
    }
    return at + 1;
  }

  private Reply withBody() {
    Buffer bytes = body == null ? Buffer.buffer() : body;
    if (oversized) {
      return new Reply.Oversized(keyword.name(), id, bodyLength, bytes);
    }
    return switch (keyword) {
      case RESERVED -> new Reply.Reserved(id, bytes);
      case FOUND -> new Reply.Found(id, bytes);
      default -> new Reply.Ok(bytes);
    };
  }
}
