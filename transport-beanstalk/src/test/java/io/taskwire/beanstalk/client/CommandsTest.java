/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.ServerStats;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.BuryReply;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.DeleteReply;
import io.taskwire.beanstalk.codec.ListTubesReply;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.StatsReply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every command against a real beanstalkd. */
class CommandsTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();
  private static final AtomicInteger TUBES = new AtomicInteger();
  private static final Buffer BODY = Buffer.buffer("body\r\n\0 of any byte");

  private BeanstalkClient client;
  private Tube tube;

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void stopBroker() {
    BROKER.close();
  }

  @BeforeEach
  void connect() {
    client = BeanstalkClient.connect("beanstalk://127.0.0.1:" + BROKER.port()).await();
    tube = Tube.of("t" + TUBES.incrementAndGet());
    client.use(tube).await();
    client.watch(tube).await();
    client.ignore(Tube.DEFAULT).await();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private long put() {
    return put(PutOptions.DEFAULT);
  }

  private long put(PutOptions options) {
    return client.put(BODY, options).map(PutReply::orThrow).await().id();
  }

  private Reply.Reserved reserve() {
    return client.reserve(Duration.ofSeconds(5)).map(ReserveReply::orThrow).await();
  }

  private JobStats stats(long id) {
    return client.statsJob(id).map(StatsJobReply::orThrow).await();
  }

  @Test
  void a_job_is_put_reserved_and_deleted() {
    long id = put();
    Reply.Reserved job = reserve();
    assertThat(job).isEqualTo(new Reply.Reserved(id, BODY));
    assertThat(client.delete(id).await()).isEqualTo(new Reply.Deleted());
    assertThat(client.delete(id).await()).isEqualTo(new Reply.NotFound());
  }

  @Test
  void what_is_no_success_is_a_value_and_an_exception_for_who_wants_one() {
    assertThat(client.delete(4711).await()).isInstanceOf(Reply.NotFound.class);
    assertThatThrownBy(() -> client.delete(4711).map(DeleteReply::orThrow).await())
        .isInstanceOfSatisfying(BeanstalkReplyException.class, e -> {
          assertThat(e.reply()).isEqualTo(new Reply.NotFound());
          assertThat(e).hasMessageContaining("delete").hasMessageContaining("NOT_FOUND");
        });
  }

  @Test
  void a_body_over_the_servers_limit_is_refused_and_the_connection_goes_on() {
    Buffer large = Buffer.buffer(new byte[65_536]);
    assertThat(client.put(large, PutOptions.DEFAULT).await()).isEqualTo(new Reply.JobTooBig());
    assertThat(put()).isPositive();
  }

  @Test
  void a_body_over_the_limit_of_this_side_is_skipped_and_its_job_held_all_the_same() {
    Buffer large = Buffer.buffer(new byte[5_000]);
    long id =
        client.put(large, PutOptions.DEFAULT).map(PutReply::orThrow).await().id();
    String uri = "beanstalk://127.0.0.1:" + BROKER.port() + "?maxPayload=1KiB";
    try (BeanstalkClient small = BeanstalkClient.connect(uri).await()) {
      small.watch(tube).await();
      assertThat(small.reserve(Duration.ofSeconds(5)).await())
          .isInstanceOfSatisfying(Reply.Oversized.class, skipped -> {
            assertThat(skipped.id()).isEqualTo(id);
            assertThat(skipped.length()).isEqualTo(5_000);
          });
      assertThat(small.release(id, 1, Duration.ZERO).await()).isEqualTo(new Reply.Released());
    }
  }

  @Test
  void priority_delay_and_time_to_run_reach_the_server_rounded_up() {
    long id = put(new PutOptions(7, Duration.ofMillis(30_001), Duration.ofMillis(9_900)));
    JobStats stats = stats(id);
    assertThat(stats.priority()).isEqualTo(7);
    assertThat(stats.delay()).isEqualTo(Duration.ofSeconds(31));
    assertThat(stats.timeToRun()).isEqualTo(Duration.ofSeconds(10));
    assertThat(stats.state()).isEqualTo(JobState.DELAYED);
    assertThat(stats.timeLeft()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(31));
    assertThat(stats.tube()).isEqualTo(tube);
    assertThat(stats.raw()).containsEntry("pri", "7").hasSize(14);
  }

  @Test
  void a_held_job_is_touched_released_and_buried() {
    long id = put();
    reserve();
    assertThat(client.touch(id).await()).isEqualTo(new Reply.Touched());
    assertThat(client.release(id, 5, Duration.ZERO).await()).isEqualTo(new Reply.Released());
    assertThat(stats(id).priority()).isEqualTo(5);
    assertThat(client.touch(id).await()).isEqualTo(new Reply.NotFound());
    assertThat(client.reserveJob(id).await()).isEqualTo(new Reply.Reserved(id, BODY));
    assertThat(client.bury(id, 3).map(BuryReply::orThrow).await()).isNotNull();
    assertThat(stats(id).state()).isEqualTo(JobState.BURIED);
    assertThat(client.release(id, 5, Duration.ZERO).await()).isEqualTo(new Reply.NotFound());
    assertThat(client.reserveJob(4711).await()).isEqualTo(new Reply.NotFound());
  }

  @Test
  void jobs_of_each_state_are_peeked_at() {
    assertThat(client.peekReady().await()).isEqualTo(new Reply.NotFound());
    long buried = put();
    reserve();
    client.bury(buried, 1).await();
    long ready = put();
    long delayed = put(PutOptions.DEFAULT.withDelay(Duration.ofMinutes(1)));
    assertThat(client.peekReady().await()).isEqualTo(new Reply.Found(ready, BODY));
    assertThat(client.peekDelayed().await()).isEqualTo(new Reply.Found(delayed, BODY));
    assertThat(client.peekBuried().await()).isEqualTo(new Reply.Found(buried, BODY));
    assertThat(client.peek(buried).await()).isEqualTo(new Reply.Found(buried, BODY));
  }

  @Test
  void buried_jobs_are_kicked_before_delayed_ones() {
    long buried = put();
    reserve();
    client.bury(buried, 1).await();
    long delayed = put(PutOptions.DEFAULT.withDelay(Duration.ofMinutes(1)));
    assertThat(client.kick(10).await()).isEqualTo(new Reply.Kicked(1));
    assertThat(stats(buried).state()).isEqualTo(JobState.READY);
    assertThat(client.kickJob(delayed).await()).isEqualTo(new Reply.KickedJob());
    assertThat(client.kickJob(delayed).await()).isEqualTo(new Reply.NotFound());
  }

  @Test
  void a_put_that_names_its_tube_leaves_the_tube_in_use() {
    Tube other = Tube.of(tube + "-other");
    client.put(other, BODY, PutOptions.DEFAULT).await();
    assertThat(client.listTubeUsed().await()).isEqualTo(new Reply.Using(tube));
    long here = put();
    assertThat(stats(here).tube()).isEqualTo(tube);
    assertThat(
            client.statsTube(other).map(StatsTubeReply::orThrow).await().jobs().ready())
        .isEqualTo(1);
  }

  @Test
  void watched_tubes_are_listed_and_the_last_is_not_ignored() {
    assertThat(client.watch(Tube.of("more")).await()).isEqualTo(new Reply.Watching(2));
    assertThat(client.listTubesWatched().map(ListTubesReply::orThrow).await().tubes())
        .containsExactlyInAnyOrder(tube, Tube.of("more"));
    assertThat(client.ignore(Tube.of("more")).await()).isEqualTo(new Reply.Watching(1));
    assertThat(client.ignore(tube).await()).isEqualTo(new Reply.NotIgnored());
    assertThat(client.listTubes().map(ListTubesReply::orThrow).await().tubes())
        .contains(tube, Tube.DEFAULT);
  }

  @Test
  void a_paused_tube_gives_no_jobs_until_the_pause_ends() {
    put();
    assertThat(client.pauseTube(tube, Duration.ofMinutes(1)).await()).isEqualTo(new Reply.Paused());
    assertThat(client.reserve(Duration.ZERO).await()).isEqualTo(new Reply.TimedOut());
    TubeStats paused = client.statsTube(tube).map(StatsTubeReply::orThrow).await();
    assertThat(paused.pause()).isEqualTo(Duration.ofMinutes(1));
    assertThat(paused.pauses()).isEqualTo(1);
    client.pauseTube(tube, Duration.ZERO).await();
    assertThat(reserve()).isNotNull();
    assertThat(client.pauseTube(Tube.of("no-such"), Duration.ZERO).await())
        .isEqualTo(new Reply.NotFound());
  }

  @Test
  void statistics_are_typed_and_whole() {
    put();
    put(PutOptions.DEFAULT.withPriority(1));
    ServerStats server = client.stats().map(StatsReply::orThrow).await();
    assertThat(server.version()).isEqualTo(server.raw().get("version")).isNotEmpty();
    assertThat(server.maxJobSize()).isEqualTo(65_535);
    assertThat(server.commands()).containsKey("reserve-with-timeout");
    assertThat(server.commands().get("put")).isGreaterThanOrEqualTo(2);
    assertThat(server.binlog().isOn()).isFalse();
    assertThat(server.draining()).isFalse();
    assertThat(server.pid()).isPositive();
    assertThat(server.id()).hasSize(16);
    TubeStats stats = client.statsTube(tube).map(StatsTubeReply::orThrow).await();
    assertThat(stats.tube()).isEqualTo(tube);
    assertThat(stats.jobs().ready()).isEqualTo(2);
    assertThat(stats.jobs().urgent()).isEqualTo(1);
    assertThat(stats.jobs().total()).isEqualTo(2);
    assertThat(stats.totalJobs()).isEqualTo(2);
    assertThat(stats.using()).isEqualTo(1);
    assertThat(stats.watching()).isEqualTo(1);
    assertThat(client.statsTube(Tube.of("no-such")).await()).isEqualTo(new Reply.NotFound());
    assertThat(client.statsJob(4711).await()).isEqualTo(new Reply.NotFound());
  }

  @Test
  void any_command_can_be_sent_as_it_is() {
    Reply.Ok ok = (Reply.Ok) client.send(new Command.Stats()).await();
    assertThat(StatsText.map(ok.body())).containsKey("uptime");
    assertThatThrownBy(() -> client.send(new Command.Quit()).await())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("close()");
  }
}
