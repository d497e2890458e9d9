/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeanstalkAdminTest {

  private static final Tube MAIL = Tube.of("mail");
  private static final Buffer BODY = Buffer.buffer("hello");
  private static final PutOptions DELAYED = PutOptions.DEFAULT.withDelay(Duration.ofHours(1));

  private BeanstalkdBroker broker;
  private BeanstalkAdmin admin;
  private BeanstalkClient client;

  @BeforeEach
  void open() {
    broker = BeanstalkdBroker.create();
    broker.start();
    admin = BeanstalkAdmin.open(uri());
    client = BeanstalkClient.connect(uri()).await();
    client.watch(MAIL).await();
  }

  @AfterEach
  void close() {
    client.close();
    admin.close();
    broker.close();
  }

  private String uri() {
    return "beanstalk://127.0.0.1:" + broker.port();
  }

  private long put(PutOptions options) {
    return client.put(MAIL, BODY, options).map(PutReply::orThrow).await().id();
  }

  private long put() {
    return put(PutOptions.DEFAULT);
  }

  private long hold() {
    return client
        .reserve(Duration.ofSeconds(5))
        .map(ReserveReply::orThrow)
        .await()
        .id();
  }

  private long buried() {
    long id = put();
    hold();
    client.bury(id, 7).await();
    return id;
  }

  private static void refused(Future<?> future, Reply reply, String... words) {
    assertThatThrownBy(future::await).isInstanceOfSatisfying(BeanstalkReplyException.class, e -> {
      assertThat(e.reply()).isEqualTo(reply);
      assertThat(e).hasMessageContainingAll(words);
    });
  }

  @Test
  void tubes_are_listed_with_what_they_have() {
    put();
    put(DELAYED);
    assertThat(admin.tubeNames().await()).containsExactlyInAnyOrder(Tube.DEFAULT, MAIL);
    assertThat(admin.tubes().await())
        .filteredOn(stats -> stats.tube().equals(MAIL))
        .singleElement()
        .satisfies(stats -> {
          assertThat(stats.jobs()).isEqualTo(new JobCounts(0, 1, 0, 1, 0));
          assertThat(stats.watching()).isEqualTo(1);
        });
    assertThat(admin.tubeStats(MAIL).await().totalJobs()).isEqualTo(2);
    refused(
        admin.tubeStats(Tube.of("none")), new Reply.NotFound(), "stats-tube none", admin.server());
  }

  @Test
  void thousands_of_tubes_are_listed() {
    List<Future<PutReply>> puts = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      puts.add(client.put(Tube.of("t" + i), BODY, PutOptions.DEFAULT));
    }
    Future.all(puts).await();
    assertThat(admin.tubes().await())
        .extracting(TubeStats::tube)
        .hasSizeGreaterThan(2_000)
        .doesNotHaveDuplicates();
  }

  @Test
  void the_server_tells_of_itself() {
    put();
    ServerStats stats = admin.stats().await();
    assertThat(stats.totalJobs()).isEqualTo(1);
    assertThat(stats.connections()).isEqualTo(2);
  }

  @Test
  void jobs_are_shown_by_state_and_by_id_and_the_tube_is_left_as_it_was() {
    long buried = buried();
    long ready = put();
    long delayed = put(DELAYED);
    assertThat(admin.peekReady(MAIL).await()).contains(new Reply.Found(ready, BODY));
    assertThat(admin.peekDelayed(MAIL).await()).contains(new Reply.Found(delayed, BODY));
    assertThat(admin.peekBuried(MAIL).await()).contains(new Reply.Found(buried, BODY));
    assertThat(admin.peek(buried).await()).contains(new Reply.Found(buried, BODY));
    assertThat(admin.jobStats(buried).await().state()).isEqualTo(JobState.BURIED);
    assertThat(admin.peek(4711).await()).isEmpty();
    refused(admin.jobStats(4711), new Reply.NotFound(), "stats-job 4711");
    assertThat(admin.peekReady(Tube.of("none")).await()).isEmpty();
    assertThat(admin.tubeNames().await()).doesNotContain(Tube.of("none"));
  }

  @Test
  void jobs_are_kicked_by_number_and_by_id() {
    buried();
    buried();
    long delayed = put(DELAYED);
    assertThat(admin.kick(MAIL, 1).await()).isEqualTo(1);
    assertThat(admin.kick(MAIL, 10).await()).isEqualTo(1);
    admin.kickJob(delayed).await();
    assertThat(admin.tubeStats(MAIL).await().jobs().ready()).isEqualTo(3);
    refused(admin.kickJob(delayed), new Reply.NotFound(), "kick-job " + delayed);
  }

  @Test
  void a_tube_is_paused_and_goes_on() {
    put();
    admin.pause(MAIL, Duration.ofHours(1)).await();
    assertThat(client.reserve(Duration.ZERO).await()).isEqualTo(new Reply.TimedOut());
    assertThat(admin.tubeStats(MAIL).await().pauseLeft()).isPositive();
    admin.pause(MAIL, Duration.ZERO).await();
    assertThat(hold()).isPositive();
  }

  @Test
  void a_job_is_deleted_unless_somebody_holds_it() {
    long id = put();
    long held = hold();
    refused(admin.delete(held), new Reply.NotFound(), "delete " + held);
    client.release(id, 1, Duration.ZERO).await();
    admin.delete(id).await();
    assertThat(admin.peek(id).await()).isEmpty();
  }

  @Test
  void a_job_is_buried_with_its_priority_unless_somebody_holds_it() {
    long ready = put(PutOptions.DEFAULT.withPriority(99));
    long delayed = put(DELAYED);
    admin.bury(ready).await();
    admin.bury(delayed).await();
    JobStats stats = admin.jobStats(ready).await();
    assertThat(stats.state()).isEqualTo(JobState.BURIED);
    assertThat(stats.priority()).isEqualTo(99);
    assertThat(admin.jobStats(delayed).await().state()).isEqualTo(JobState.BURIED);
    put();
    long held = hold();
    refused(admin.bury(held), new Reply.NotFound(), "reserve-job " + held);
  }

  @Test
  void draining_deletes_all_but_what_is_held() {
    buried();
    put();
    long held = hold();
    put(DELAYED);
    put();
    put();
    assertThat(admin.drain(MAIL, 1_000).await()).isEqualTo(new DrainedTube(2, 1, 1, true));
    assertThat(admin.tubeStats(MAIL).await().jobs()).isEqualTo(new JobCounts(0, 0, 1, 0, 0));
    assertThat(client.delete(held).await()).isEqualTo(new Reply.Deleted());
  }

  @Test
  void draining_ends_at_its_bound_and_takes_only_the_states_asked_for() {
    buried();
    put();
    put();
    put();
    assertThat(admin.drain(MAIL, Set.of(JobState.READY), 2).await())
        .isEqualTo(new DrainedTube(2, 0, 0, false));
    assertThat(admin.drain(MAIL, Set.of(JobState.READY, JobState.DELAYED), 2).await())
        .isEqualTo(new DrainedTube(1, 0, 0, true));
    assertThat(admin.peekBuried(MAIL).await()).isPresent();
    assertThatThrownBy(() -> admin.drain(MAIL, Set.of(JobState.RESERVED), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> admin.drain(MAIL, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_tube_of_thousands_is_drained_while_it_is_paused() {
    List<Future<PutReply>> puts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      puts.add(client.put(MAIL, BODY, PutOptions.DEFAULT));
    }
    Future.all(puts).await();
    admin.pause(MAIL, Duration.ofHours(1)).await();
    assertThat(admin.drain(MAIL, 1_000_000).await()).isEqualTo(new DrainedTube(20_000, 0, 0, true));
  }

  @Test
  void an_admin_connects_again_after_the_server_was_away() {
    admin.stats().await();
    broker.kill();
    assertThatThrownBy(() -> admin.stats().await())
        .isInstanceOf(BeanstalkConnectionException.class);
    broker.start();
    assertThat(admin.stats().await().totalJobs()).isZero();
  }

  @Test
  void an_admin_that_is_closed_says_so() {
    admin.close();
    assertThatThrownBy(() -> admin.stats().await())
        .isInstanceOfSatisfying(
            BeanstalkClosedException.class, e -> assertThat(e.isSent()).isFalse());
  }

  @Test
  void several_servers_are_looked_after_each() {
    try (BeanstalkdBroker second = BeanstalkdBroker.create()) {
      second.start();
      BeanstalkOptions both = BeanstalkOptions.of(uri() + ",127.0.0.1:" + second.port());
      assertThatThrownBy(() -> BeanstalkAdmin.open(both))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("openEach");
      put();
      List<BeanstalkAdmin> admins = BeanstalkAdmin.openEach(both);
      try {
        assertThat(admins)
            .extracting(each -> each.stats().await().totalJobs())
            .containsExactly(1L, 0L);
      } finally {
        admins.forEach(BeanstalkAdmin::close);
      }
    }
  }
}
