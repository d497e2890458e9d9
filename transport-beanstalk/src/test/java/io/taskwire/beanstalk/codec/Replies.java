/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a parser finds. */
final class Replies implements ReplyHandler {

  final List<Reply> found = new ArrayList<>();
  final List<MalformedReplyException> malformed = new ArrayList<>();

  @Override
  public void reply(Reply reply) {
    found.add(reply);
  }

  @Override
  public void malformed(MalformedReplyException cause) {
    malformed.add(cause);
  }

  static final int MAX_BODY = 1 << 20;

  /** What is found when the bytes come in the given pieces. */
  static Replies of(Buffer... chunks) {
    Replies replies = new Replies();
    ReplyParser parser = new ReplyParser(MAX_BODY, replies);
    for (Buffer chunk : chunks) {
      parser.feed(chunk);
    }
    return replies;
  }

  static Replies of(String text) {
    return of(Buffer.buffer(text, "ISO-8859-1"));
  }

  /** The result of one parse, to be compared with another: records, and the words of the failure. */
  List<Object> outcome() {
    List<Object> all = new ArrayList<>(found);
    malformed.forEach(m -> all.add(message(m)));
    return all;
  }

  private static @Nullable Object message(MalformedReplyException cause) {
    return cause.getMessage();
  }

  /** Every way to cut the bytes in two, then byte by byte: all must give what the whole gives. */
  static void sameHoweverCut(Buffer bytes) {
    List<Object> whole = of(bytes).outcome();
    for (int cut = 0; cut <= bytes.length(); cut++) {
      List<Object> parts =
          of(bytes.getBuffer(0, cut), bytes.getBuffer(cut, bytes.length())).outcome();
      if (!parts.equals(whole)) {
        throw new AssertionError("cut at " + cut + ": " + parts + " in place of " + whole);
      }
    }
    Buffer[] single = new Buffer[bytes.length()];
    for (int i = 0; i < single.length; i++) {
      single[i] = bytes.getBuffer(i, i + 1);
    }
    if (!of(single).outcome().equals(whole)) {
      throw new AssertionError("byte by byte differs from " + whole);
    }
  }
}
