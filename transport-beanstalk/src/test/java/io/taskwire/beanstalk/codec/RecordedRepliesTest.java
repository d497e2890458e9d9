/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecordedRepliesTest {

  static final List<String> RECORDINGS = Recording.NAMES;

  @ParameterizedTest
  @FieldSource("RECORDINGS")
  void everything_that_beanstalkd_sent_is_understood_at_every_split_point(String name) {
    for (Buffer stream : Recording.load(name).fromBroker().values()) {
      Replies replies = Replies.of(stream);
      assertThat(replies.malformed).isEmpty();
      assertThat(replies.found).isNotEmpty();
      Replies.sameHoweverCut(stream);
    }
  }

  @Test
  void recorded_dialogue_of_reserve_has_the_recorded_jobs() {
    Buffer worker = Recording.load("b04_reserve").brokerSaidTo(2);
    assertThat(Replies.of(worker).found)
        .containsExactly(
            new Reply.Reserved(4, Buffer.buffer("zero")),
            new Reply.Reserved(2, Buffer.buffer("one")),
            new Reply.Reserved(1, Buffer.buffer("five")),
            new Reply.Reserved(3, Buffer.buffer("five2")),
            new Reply.Reserved(5, Buffer.buffer("last")),
            new Reply.TimedOut(),
            new Reply.TimedOut(),
            new Reply.Reserved(6, Buffer.buffer("wake")));
  }

  @Test
  void recorded_stats_are_read_as_values() {
    Buffer stream = Recording.load("b02_draining_sigusr1").brokerSaidTo(1);
    Reply.Ok ok = (Reply.Ok) Replies.of(stream).found.get(4);
    Map<String, String> stats = StatsText.map(ok.body());
    assertThat(stats)
        .containsEntry("draining", "true")
        .containsEntry("version", "1.12")
        .containsEntry("max-job-size", "65535")
        .containsEntry("id", "2fdba03685cfbe61")
        .containsEntry("os", "#1 SMP PREEMPT_DYNAMIC @0");
  }

  @Test
  void recorded_tube_list_is_read_as_names() {
    Buffer stream = Recording.load("b03_use_watch_ignore").brokerSaidTo(1);
    Reply.Ok ok = (Reply.Ok) Replies.of(stream).found.get(5);
    assertThat(StatsText.list(ok.body())).containsExactly("default", "emails");
  }

  @Test
  void value_with_colons_is_kept_whole() {
    assertThat(StatsText.map(Buffer.buffer("---\nos: \"a: b\"\nodd\nname: x:y: z\n")))
        .containsEntry("os", "a: b")
        .containsEntry("name", "x:y: z")
        .hasSize(2);
  }
}
