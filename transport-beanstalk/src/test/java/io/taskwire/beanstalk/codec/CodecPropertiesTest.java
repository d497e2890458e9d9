/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CodecPropertiesTest {

  /** A reply with the bytes a broker writes for it. */
  record Written(Reply reply, String line, Buffer body) {
    void appendTo(Buffer out) {
      out.appendString(line + "\r\n");
      if (!(reply instanceof Reply.Inserted) && !(reply instanceof Reply.Deleted)) {
        out.appendBuffer(body).appendString("\r\n");
      }
    }
  }

  @Provide
  Arbitrary<List<Written>> written() {
    Arbitrary<Long> ids = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Buffer> bodies =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(9000).map(Buffer::buffer);
    return Arbitraries.<Written>oneOf(
            ids.map(id -> new Written(new Reply.Inserted(id), "INSERTED " + id, Buffer.buffer())),
            Arbitraries.just(new Written(new Reply.Deleted(), "DELETED", Buffer.buffer())),
            Combinators.combine(ids, bodies)
                .as((id, body) -> new Written(
                    new Reply.Reserved(id, body), "RESERVED " + id + " " + body.length(), body)),
            Combinators.combine(ids, bodies)
                .as((id, body) -> new Written(
                    new Reply.Found(id, body), "FOUND " + id + " " + body.length(), body)),
            bodies.map(body -> new Written(new Reply.Ok(body), "OK " + body.length(), body)))
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 300)
  void what_a_broker_writes_is_read_back_whatever_the_chunks(
      @ForAll("written") List<Written> all, @ForAll @IntRange(min = 1, max = 5000) int chunkSize) {
    Buffer stream = Buffer.buffer();
    List<Reply> expected = new ArrayList<>();
    for (Written one : all) {
      one.appendTo(stream);
      expected.add(one.reply());
    }
    Replies replies = new Replies();
    ReplyParser parser = new ReplyParser(Replies.MAX_BODY, replies);
    for (int at = 0; at < stream.length(); at += chunkSize) {
      parser.feed(stream.getBuffer(at, Math.min(stream.length(), at + chunkSize)));
    }
    assertThat(replies.malformed).isEmpty();
    assertThat(replies.found).isEqualTo(expected);
  }

  @Property(tries = 2000)
  void any_bytes_give_replies_or_one_failure_and_no_other_exception(
      @ForAll byte[] noise, @ForAll @IntRange(min = 0, max = 40) int cut) {
    Buffer bytes = Buffer.buffer("RESERVED 1 4\r\nabcd\r\nUSING default\r\n");
    Buffer mixed = bytes.getBuffer(0, Math.min(cut, bytes.length())).appendBytes(noise);
    Replies replies = Replies.of(mixed);
    assertThat(replies.malformed.size()).isLessThanOrEqualTo(1);
  }

  @Property
  void put_is_one_line_and_its_body(
      @ForAll @LongRange(min = 0, max = Command.MAX_PRIORITY) long priority,
      @ForAll @LongRange(min = 0, max = Command.MAX_SECONDS) long delay,
      @ForAll @LongRange(min = 1, max = Command.MAX_SECONDS) long ttr,
      @ForAll byte[] body) {
    Buffer out = Buffer.buffer();
    new Command.Put(priority, delay, ttr, Buffer.buffer(body)).encode(out);
    String expected = "put " + priority + " " + delay + " " + ttr + " " + body.length + "\r\n"
        + new String(body, StandardCharsets.ISO_8859_1) + "\r\n";
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(expected);
  }
}
