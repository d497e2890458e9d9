/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.BinlogStats;
import io.taskwire.beanstalk.JobCounts;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.ServerStats;
import io.taskwire.beanstalk.TubeStats;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reply types of the commands: which replies belong to each, and what is success. */
class ReplyTypesTest {

  private static final List<Reply> ALL = replies();
  private static final Map<Class<? extends Reply>, Function<Reply, Reply>> TYPES = types();

  private static List<Reply> replies() {
    Buffer body = Buffer.buffer("x");
    return List.of(
        new Reply.Inserted(1),
        new Reply.InsertedBuried(1),
        new Reply.Using(Tube.DEFAULT),
        new Reply.Reserved(1, body),
        new Reply.Found(1, body),
        new Reply.DeadlineSoon(),
        new Reply.TimedOut(),
        new Reply.Deleted(),
        new Reply.Released(),
        new Reply.Buried(),
        new Reply.Touched(),
        new Reply.Watching(1),
        new Reply.Kicked(1),
        new Reply.KickedJob(),
        new Reply.Paused(),
        new Reply.TubeList(List.of(Tube.DEFAULT)),
        ServerStats.of(body),
        JobStats.of(Buffer.buffer("id: 1\ntube: t\nstate: ready\n")),
        TubeStats.of(Buffer.buffer("name: t\n")),
        new Reply.NotFound(),
        new Reply.NotIgnored(),
        new Reply.JobTooBig(),
        new Reply.Draining(),
        new Reply.ExpectedCrlf(),
        new Reply.OutOfMemory(),
        new Reply.BrokerInternalError(),
        new Reply.BadFormat(),
        new Reply.UnknownCommand(),
        new Reply.Oversized("RESERVED", 1, 100, body),
        new Reply.Ok(body));
  }

  private static Map<Class<? extends Reply>, Function<Reply, Reply>> types() {
    Map<Class<? extends Reply>, Function<Reply, Reply>> types = new LinkedHashMap<>();
    types.put(PutReply.class, reply -> PutReply.orThrow((PutReply) reply));
    types.put(UseReply.class, reply -> UseReply.orThrow((UseReply) reply));
    types.put(ReserveReply.class, reply -> ReserveReply.orThrow((ReserveReply) reply));
    types.put(ReserveJobReply.class, reply -> ReserveJobReply.orThrow((ReserveJobReply) reply));
    types.put(DeleteReply.class, reply -> DeleteReply.orThrow((DeleteReply) reply));
    types.put(ReleaseReply.class, reply -> ReleaseReply.orThrow((ReleaseReply) reply));
    types.put(BuryReply.class, reply -> BuryReply.orThrow((BuryReply) reply));
    types.put(TouchReply.class, reply -> TouchReply.orThrow((TouchReply) reply));
    types.put(WatchReply.class, reply -> WatchReply.orThrow((WatchReply) reply));
    types.put(IgnoreReply.class, reply -> IgnoreReply.orThrow((IgnoreReply) reply));
    types.put(PeekReply.class, reply -> PeekReply.orThrow((PeekReply) reply));
    types.put(KickReply.class, reply -> KickReply.orThrow((KickReply) reply));
    types.put(KickJobReply.class, reply -> KickJobReply.orThrow((KickJobReply) reply));
    types.put(PauseTubeReply.class, reply -> PauseTubeReply.orThrow((PauseTubeReply) reply));
    types.put(StatsReply.class, reply -> StatsReply.orThrow((StatsReply) reply));
    types.put(StatsJobReply.class, reply -> StatsJobReply.orThrow((StatsJobReply) reply));
    types.put(StatsTubeReply.class, reply -> StatsTubeReply.orThrow((StatsTubeReply) reply));
    types.put(ListTubesReply.class, reply -> ListTubesReply.orThrow((ListTubesReply) reply));
    return types;
  }

  static Stream<Arguments> repliesOfTypes() {
    List<Arguments> all = new ArrayList<>();
    TYPES.forEach((type, orThrow) -> ALL.stream()
        .filter(type::isInstance)
        .forEach(reply -> all.add(Arguments.of(type, reply, orThrow))));
    return all.stream();
  }

  @Test
  void every_reply_and_every_type_of_replies_is_tried() {
    Set<Class<?>> records = new LinkedHashSet<>();
    collect(Reply.class, records);
    assertThat(ALL).extracting(Object::getClass).containsExactlyInAnyOrderElementsOf(records);
    assertThat(Arrays.stream(Reply.class.getPermittedSubclasses())
            .filter(type -> type.isInterface() && type != Reply.Refusal.class))
        .containsExactlyInAnyOrderElementsOf(TYPES.keySet());
  }

  private static void collect(Class<?> type, Set<Class<?>> into) {
    if (!type.isInterface()) {
      into.add(type);
      return;
    }
    for (Class<?> part : Objects.requireNonNull(type.getPermittedSubclasses())) {
      collect(part, into);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("repliesOfTypes")
  void a_reply_is_success_or_an_exception_that_holds_it(
      Class<?> type, Reply reply, Function<Reply, Reply> orThrow) {
    // The type of what orThrow gives is declared: what is of it is success.
    Class<?> success = Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("orThrow"))
        .findFirst()
        .orElseThrow()
        .getReturnType();
    if (success.isInstance(reply)) {
      assertThat(orThrow.apply(reply)).isSameAs(reply);
      return;
    }
    assertThatThrownBy(() -> orThrow.apply(reply))
        .isInstanceOfSatisfying(BeanstalkReplyException.class, e -> {
          assertThat(e.reply()).isSameAs(reply);
          // The server's word, and a sentence.
          assertThat(e.getMessage()).containsPattern("[A-Z_]{4,}[^:]*: [a-z]").doesNotContain("[");
        });
  }

  @Test
  void each_command_names_one_type_of_replies() {
    for (Command command : EveryCommand.OF_EACH_KIND) {
      List<Reply> answers = ALL.stream()
          .filter(command::isAnsweredBy)
          .filter(reply -> !(reply instanceof Reply.Ok))
          .toList();
      assertThat(TYPES.keySet().stream()
              .filter(type -> ALL.stream().filter(type::isInstance).toList().equals(answers)))
          .as("%s", command)
          .hasSize(command instanceof Command.Quit ? 0 : 1);
    }
    assertThat(new Command.Delete(1).isAnsweredBy(new Reply.Inserted(1))).isFalse();
    assertThat(new Command.Put(1, 1, 1, Buffer.buffer()).isAnsweredBy(new Reply.NotFound()))
        .isFalse();
  }

  @Test
  void recorded_statistics_are_read_as_records() {
    List<Reply.Ok> texts = Replies.of(Recording.load("b12_stats").brokerSaidTo(1)).found.stream()
        .filter(Reply.Ok.class::isInstance)
        .map(Reply.Ok.class::cast)
        .toList();

    JobStats job = JobStats.of(texts.get(2).body());
    assertThat(job.id()).isEqualTo(3);
    assertThat(job.tube()).isEqualTo(Tube.DEFAULT);
    assertThat(job.state()).isEqualTo(JobState.DELAYED);
    assertThat(job.age()).isEqualTo(Duration.ofSeconds(1));
    assertThat(job.delay()).isEqualTo(Duration.ofSeconds(100));
    assertThat(job.timeToRun()).isEqualTo(Duration.ofSeconds(60));
    assertThat(job.timeLeft()).isEqualTo(Duration.ofSeconds(98));

    TubeStats tube = TubeStats.of(texts.get(3).body());
    assertThat(tube.tube()).isEqualTo(Tube.DEFAULT);
    assertThat(tube.jobs()).isEqualTo(new JobCounts(0, 0, 2, 1, 0));
    assertThat(tube.totalJobs()).isEqualTo(3);
    assertThat(tube.using()).isEqualTo(2);

    ServerStats server = ServerStats.of(texts.get(4).body());
    assertThat(server.jobs()).isEqualTo(new JobCounts(0, 0, 2, 1, 0));
    assertThat(server.commands())
        .containsEntry("put", 3L)
        .containsEntry("reserve", 1L)
        .hasSize(22);
    assertThat(server.maxJobSize()).isEqualTo(65_535);
    assertThat(server.binlog()).isEqualTo(new BinlogStats(0, 0, 0, 0, 10_485_760));
    assertThat(server.binlog().isOn()).isFalse();
    assertThat(server.version()).isEqualTo("1.12");
    assertThat(server.userTime()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(server.raw()).hasSizeGreaterThan(45);
  }

  @Test
  void text_that_is_none_of_a_job_or_a_tube_is_refused() {
    assertThatThrownBy(() -> JobStats.of(Buffer.buffer("---\nid: 1\n")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TubeStats.of(Buffer.buffer("---\n")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
