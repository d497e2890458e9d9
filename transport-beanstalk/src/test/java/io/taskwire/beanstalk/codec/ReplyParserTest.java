/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

  static Stream<Arguments> replies() {
    return Stream.of(
        Arguments.of("INSERTED 1\r\n", new Reply.Inserted(1)),
        Arguments.of("INSERTED 9223372036854775807\r\n", new Reply.Inserted(Long.MAX_VALUE)),
        Arguments.of("BURIED 7\r\n", new Reply.InsertedBuried(7)),
        Arguments.of("BURIED\r\n", new Reply.Buried()),
        Arguments.of("EXPECTED_CRLF\r\n", new Reply.ExpectedCrlf()),
        Arguments.of("JOB_TOO_BIG\r\n", new Reply.JobTooBig()),
        Arguments.of("DRAINING\r\n", new Reply.Draining()),
        Arguments.of(
            "USING a-b+c/d;e.f$g_h(i)\r\n", new Reply.Using(Tube.of("a-b+c/d;e.f$g_h(i)"))),
        Arguments.of("RESERVED 5 2\r\n\r\n\r\n", new Reply.Reserved(5, Buffer.buffer("\r\n"))),
        Arguments.of("RESERVED 5 0\r\n\r\n", new Reply.Reserved(5, Buffer.buffer())),
        Arguments.of(
            "FOUND 6 12\r\nINSERTED 1\r\n\r\n",
            new Reply.Found(6, Buffer.buffer("INSERTED 1\r\n"))),
        Arguments.of("OK 4\r\n---\n\r\n", new Reply.Ok(Buffer.buffer("---\n"))),
        Arguments.of("DEADLINE_SOON\r\n", new Reply.DeadlineSoon()),
        Arguments.of("TIMED_OUT\r\n", new Reply.TimedOut()),
        Arguments.of("DELETED\r\n", new Reply.Deleted()),
        Arguments.of("NOT_FOUND\r\n", new Reply.NotFound()),
        Arguments.of("RELEASED\r\n", new Reply.Released()),
        Arguments.of("TOUCHED\r\n", new Reply.Touched()),
        Arguments.of("WATCHING 2\r\n", new Reply.Watching(2)),
        Arguments.of("NOT_IGNORED\r\n", new Reply.NotIgnored()),
        Arguments.of("KICKED 3\r\n", new Reply.Kicked(3)),
        Arguments.of("KICKED\r\n", new Reply.KickedJob()),
        Arguments.of("PAUSED\r\n", new Reply.Paused()),
        Arguments.of("OUT_OF_MEMORY\r\n", new Reply.OutOfMemory()),
        Arguments.of("INTERNAL_ERROR\r\n", new Reply.BrokerInternalError()),
        Arguments.of("BAD_FORMAT\r\n", new Reply.BadFormat()),
        Arguments.of("UNKNOWN_COMMAND\r\n", new Reply.UnknownCommand()));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void bytes_of_each_reply_are_read_however_they_are_cut(String bytes, Reply reply) {
    assertThat(Replies.of(bytes).outcome()).containsExactly(reply);
    Replies.sameHoweverCut(Buffer.buffer(bytes));
    Replies.sameHoweverCut(Buffer.buffer(bytes + bytes + "TIMED_OUT\r\n"));
  }

  @Test
  void all_replies_glued_together_are_read_in_order() {
    Buffer glued = Buffer.buffer();
    List<Object> expected = replies()
        .map(pair -> {
          glued.appendString((String) pair.get()[0]);
          return pair.get()[1];
        })
        .toList();
    assertThat(Replies.of(glued).outcome()).isEqualTo(expected);
    Replies.sameHoweverCut(glued);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "\r\n",
        "\n",
        "INSERTED\r\n",
        "INSERTED \r\n",
        "INSERTED  1\r\n",
        "INSERTED -1\r\n",
        "INSERTED 1 2\r\n",
        "INSERTED 1x\r\n",
        "INSERTED 9223372036854775808\r\n",
        "INSERTED 18446744073709551616\r\n",
        "INSERTED 1\n",
        "inserted 1\r\n",
        "DELETED \r\n",
        "DELETED now\r\n",
        "RESERVED 1\r\n",
        "RESERVED 1 2 3\r\n",
        "RESERVED 1 2\r\nabcd",
        "RESERVED 1 2\r\nab\rx",
        "OK\r\n",
        "USING\r\n",
        "USING -x\r\n",
        "USING a b\r\n",
        "USING \u00e9\r\n",
        "KICKED -1\r\n"
      })
  void what_is_no_reply_finishes_the_parser_once(String bytes) {
    Replies replies = Replies.of(
        Buffer.buffer(bytes + "DELETED\r\n", "ISO-8859-1"),
        Buffer.buffer("DELETED\r\nwhatever\r\n"));
    assertThat(replies.found).isEmpty();
    assertThat(replies.malformed).hasSize(1);
    Replies.sameHoweverCut(Buffer.buffer(bytes + "DELETED\r\n", "ISO-8859-1"));
  }

  @Test
  void line_without_end_is_given_up_at_its_bound() {
    Replies replies = Replies.of("INSERTED " + "1".repeat(ReplyLine.MAX_LENGTH));
    assertThat(replies.malformed).hasSize(1);
    assertThat(Replies.of("USING " + "n".repeat(200) + "\r\n").found).hasSize(1);
  }

  @Test
  void replies_before_the_malformed_one_are_handed_on() {
    Replies replies = Replies.of("DELETED\r\nbroken\r\n");
    assertThat(replies.found).containsExactly(new Reply.Deleted());
    assertThat(replies.malformed).hasSize(1);
  }

  @Test
  void message_of_a_malformed_reply_carries_no_control_characters() {
    assertThat(Replies.of("\u001b[31mred\r\n").malformed.get(0))
        .hasMessageContaining("\\x1b[31mred")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void body_over_the_limit_is_skipped_and_reported() {
    Replies replies = new Replies();
    ReplyParser parser = new ReplyParser(4, replies);
    String bytes = "RESERVED 7 5\r\n12345\r\nRESERVED 8 4\r\n1234\r\nOK 6\r\n123456\r\nDELETED\r\n";
    for (int i = 0; i < bytes.length(); i++) {
      parser.feed(Buffer.buffer(bytes.substring(i, i + 1)));
    }
    assertThat(replies.outcome())
        .containsExactly(
            new Reply.Oversized("RESERVED", 7, 5, Buffer.buffer("12345")),
            new Reply.Reserved(8, Buffer.buffer("1234")),
            new Reply.Oversized("OK", 0, 6, Buffer.buffer("123456")),
            new Reply.Deleted());
  }

  @Test
  void only_the_beginning_of_a_skipped_body_is_kept() {
    Replies replies = new Replies();
    new ReplyParser(4, replies).feed(Buffer.buffer("FOUND 1 5000\r\n" + "a".repeat(5000) + "\r\n"));
    assertThat(replies.outcome())
        .containsExactly(new Reply.Oversized("FOUND", 1, 5000, Buffer.buffer("a".repeat(4096))));
  }

  @Test
  void announced_length_beyond_memory_takes_no_memory() {
    Replies replies = Replies.of("RESERVED 7 9223372036854775807\r\nabc");
    assertThat(replies.outcome()).isEmpty();
  }

  @Test
  void small_body_is_a_copy_and_large_body_is_a_slice_of_its_chunk() {
    Buffer small = Buffer.buffer("RESERVED 1 3\r\nabc\r\n");
    Reply.Reserved copied = (Reply.Reserved) Replies.of(small).found.get(0);
    small.setByte(14, (byte) 'X');
    assertThat(copied.body().toString()).isEqualTo("abc");

    Buffer large = Buffer.buffer("RESERVED 1 9000\r\n" + "a".repeat(9000) + "\r\n");
    Reply.Reserved sliced = (Reply.Reserved) Replies.of(large).found.get(0);
    large.setByte(17, (byte) 'X');
    assertThat(sliced.body().getByte(0)).isEqualTo((byte) 'X');
  }

  @Test
  void finished_parser_ignores_the_rest_of_its_chunk() {
    Replies replies = new Replies();
    ReplyParser[] parser = new ReplyParser[1];
    parser[0] = new ReplyParser(10, new ReplyHandler() {
      @Override
      public void reply(Reply reply) {
        replies.reply(reply);
        parser[0].finish();
      }

      @Override
      public void malformed(MalformedReplyException cause) {
        replies.malformed(cause);
      }
    });
    parser[0].feed(Buffer.buffer("DELETED\r\nDELETED\r\nnonsense\r\n"));
    assertThat(replies.outcome()).containsExactly(new Reply.Deleted());
  }
}
