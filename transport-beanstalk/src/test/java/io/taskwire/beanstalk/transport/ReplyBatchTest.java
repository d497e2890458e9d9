/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.EnvelopeMode;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBatchTest {

  /** Result 2a of task 9f-1, and the failure DECODE of task 9f-2: as in docs/WIRE.md. */
  private static final String TWO = "c1545701 81 a7 7265706c696573 a1 32"
      + "0000000e c1545701 81 a26964 a4 39662d31 2a"
      + "00000019 c1545701 82 a26964 a4 39662d32 a4636f6465 a6 4445434f4445";

  private static Buffer hex(String digits) {
    return Buffer.buffer(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  private static Envelope open(Buffer body) {
    return Envelope.open(EnvelopeMode.AUTO, body);
  }

  private static Buffer reply(String id, String result) {
    return Envelope.encode(Map.of(Headers.ID, id), Buffer.buffer(result));
  }

  @Test
  void literal_bytes_are_what_is_written_and_what_is_read() {
    Buffer one = reply("9f-1", "*");
    Buffer two = hex("c1545701 82 a26964 a4 39662d32 a4636f6465 a6 4445434f4445");

    assertThat(ReplyBatch.encode(List.of(one, two))).isEqualTo(hex(TWO));
    assertThat(ReplyBatch.isOne(open(hex(TWO)))).isTrue();
    assertThat(ReplyBatch.decode(open(hex(TWO)))).containsExactly(one, two);
  }

  @Test
  void a_reader_of_single_replies_finds_no_id_in_it() {
    assertThat(open(hex(TWO)).headers()).doesNotContainKey(Headers.ID);
  }

  @Test
  void a_single_reply_is_not_taken_for_several() {
    assertThat(ReplyBatch.isOne(open(reply("9f-1", "*")))).isFalse();
    assertThat(ReplyBatch.isOne(
            open(Envelope.encode(Map.of(Headers.ID, "1", Headers.REPLIES, "1"), Buffer.buffer()))))
        .isFalse();
    assertThat(ReplyBatch.isOne(open(Buffer.buffer("plain")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c1545701 81 a7 7265706c696573 a1 31", // none where there should be one
        "c1545701 81 a7 7265706c696573 a1 31 000000", // no whole length
        "c1545701 81 a7 7265706c696573 a1 31 00000002 2a", // shorter than it says
        "c1545701 81 a7 7265706c696573 a1 31 80000001 2a", // a negative length
        "c1545701 81 a7 7265706c696573 a1 31 00000001 2a 00000001 2a", // more than it says
        "c1545701 81 a7 7265706c696573 a1 78 00000001 2a", // no number
      })
  void lengths_that_do_not_fit_make_all_of_it_worthless(String body) {
    Envelope job = open(hex(body));
    assertThat(ReplyBatch.isOne(job)).isTrue();
    assertThat(ReplyBatch.decode(job)).isNull();
  }

  @Test
  void whatever_is_written_is_read_and_is_no_longer_than_announced() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Buffer> replies = new ArrayList<>();
      int size = ReplyBatch.emptySize();
      for (int i = random.nextInt(300); i >= 0; i--) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        replies.add(Buffer.buffer(bytes));
        size += ReplyBatch.sizeOf(bytes.length);
      }
      Buffer job = ReplyBatch.encode(replies);
      assertThat(job.length()).isLessThanOrEqualTo(size);
      assertThat(ReplyBatch.decode(open(job))).isEqualTo(replies);
    }
  }

  @Test
  void bytes_at_random_are_read_or_refused_and_nothing_else() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      Buffer job = hex(TWO);
      for (int i = random.nextInt(4); i >= 0; i--) {
        job.setByte(14 + random.nextInt(job.length() - 14), (byte) random.nextInt());
      }
      List<Buffer> read = ReplyBatch.decode(open(job));
      if (read != null) {
        assertThat(ReplyBatch.encode(read)).isEqualTo(job);
      }
    }
  }
}
