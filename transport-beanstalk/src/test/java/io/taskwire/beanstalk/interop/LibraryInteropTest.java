/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkConsumer;
import io.taskwire.beanstalk.BeanstalkProducer;
import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.JobHandler;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.PutReport;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.spi.Settled;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client, producer and admin on one side, clients in other languages on the other. */
class LibraryInteropTest extends Interop {

  private static final Tube JOBS = Tube.of(TUBE);

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_gets_every_byte_that_our_producer_puts(Peer peer) throws Exception {
    List<Buffer> bodies = bodies().stream().map(Buffer::buffer).toList();
    PutReport report = Await.value(producer().putAll(JOBS, bodies, PutOptions.DEFAULT));
    assertThat(report.isComplete()).isTrue();

    ForeignProgram worker = worker(peer, bodies.size(), "delete");
    for (byte[] body : bodies()) {
      assertThat(worker.nextLine()).isEqualTo("job " + hex(body));
      assertThat(worker.nextLine()).isEqualTo("delete");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_sees_priority_delay_and_time_to_run_of_our_producer(Peer peer)
      throws Exception {
    PutOptions most = new PutOptions(4_294_967_295L, Duration.ofDays(365), Duration.ofDays(1));
    long delayed =
        Await.value(producer().put(JOBS, Buffer.buffer("later"), most)).id();
    long ready = Await.value(producer().put(JOBS, Buffer.buffer("now"))).id();

    assertThat(ask(peer, "job " + delayed)).matches("delayed 4294967295 31536000 86400 0 0 \\d+");
    assertThat(ask(peer, "job " + ready)).matches("ready 1024 0 60 0 0 \\d+");
    assertThat(ask(peer, "peek delayed")).isEqualTo("found " + delayed + " " + text("later"));
    assertThat(ask(peer, "peek ready")).isEqualTo("found " + ready + " " + text("now"));
  }

  @ParameterizedTest
  @EnumSource
  void our_client_takes_every_byte_that_a_foreign_producer_puts(Peer peer) throws Exception {
    BeanstalkClient client = client();
    for (byte[] body : bodies()) {
      String id = put(peer, TUBE, "5 0 60", body);
      Reply.Reserved job = reserve(client);

      assertThat(Long.toString(job.id())).isEqualTo(id);
      assertThat(job.body().getBytes()).isEqualTo(body);
      assertThat(ask(peer, "job " + id)).matches("reserved 5 0 60 1 0 \\d+");
      assertThat(Await.value(client.delete(job.id()))).isInstanceOf(Reply.Deleted.class);
      assertThat(ask(peer, "job " + id)).isEqualTo("none");
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_our_client_releases_or_buries_a_foreign_client_brings_back(Peer peer) throws Exception {
    BeanstalkClient client = client();
    String id = put(peer, TUBE, "5 0 60", new byte[] {7});

    long job = reserve(client).id();
    Await.value(client.release(job, 77, Duration.ofHours(1)));
    assertThat(ask(peer, "job " + id)).matches("delayed 77 3600 60 1 0 \\d+");
    assertThat(ask(peer, "kick 9")).isEqualTo("kicked 1");

    assertThat(reserve(client).id()).isEqualTo(job);
    Await.value(client.bury(job, 78));
    assertThat(ask(peer, "peek buried")).isEqualTo("found " + id + " 07");
    assertThat(ask(peer, "kick 9")).isEqualTo("kicked 1");
    assertThat(ask(peer, "job " + id)).matches("ready 78 3600 60 2 0 \\d+");
  }

  @ParameterizedTest
  @EnumSource
  void our_admin_looks_after_what_foreign_workers_leave(Peer peer) throws Exception {
    BeanstalkAdmin admin = open(BeanstalkAdmin.open(broker.url()));
    put(peer, TUBE, "5 0 60", new byte[] {7});
    assertThat(worker(peer, 1, "bury 9").output()).containsExactly("job 07", "bury");

    assertThat(Await.value(admin.peekBuried(JOBS)).orElseThrow().body().getBytes())
        .isEqualTo(new byte[] {7});
    assertThat(Await.value(admin.kick(JOBS, 10))).isOne();
    assertThat(worker(peer, 1, "release 9 3600").output()).containsExactly("job 07", "release");
    assertThat(Await.value(admin.jobStats(1)).state()).isEqualTo(JobState.DELAYED);
    assertThat(Await.value(admin.drain(JOBS, 10)).delayed()).isOne();
    assertThat(ask(peer, "job 1")).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource
  void our_consumer_works_on_what_a_foreign_producer_puts(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    consume(job -> seen.add(job.body()));

    for (byte[] body : bodies()) {
      String id = put(peer, TUBE, "5 0 60", body);
      assertThat(take(seen).getBytes()).isEqualTo(body);
      await().atMost(LIMIT).until(() -> ask(peer, "job " + id).equals("none"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_our_consumer_releases_or_buries_a_foreign_client_brings_back(Peer peer)
      throws Exception {
    LinkedBlockingQueue<Settled> ends = new LinkedBlockingQueue<>();
    consume(job -> {
      long attempt = job.stats().await().reserves();
      if (attempt == 1) {
        ends.add(job.release(77, Duration.ofHours(1)).await());
      } else if (attempt == 2) {
        ends.add(job.bury().await());
      } else {
        throw new IllegalStateException("a third time");
      }
    });
    String id = put(peer, TUBE, "5 0 60", new byte[] {7});

    assertThat(take(ends)).isEqualTo(Settled.DONE);
    assertThat(ask(peer, "job " + id)).matches("delayed 77 3600 60 1 0 \\d+");
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(take(ends)).isEqualTo(Settled.DONE);
    assertThat(ask(peer, "peek buried")).isEqualTo("found " + id + " 07");
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    await().atMost(LIMIT).until(() -> ask(peer, "job " + id).matches("buried 77 3600 60 3 .*"));
  }

  private void consume(JobHandler handler) {
    BeanstalkConsumer consumer =
        open(BeanstalkConsumer.open(broker.url(), ConsumerOptions.of(JOBS).concurrency(1)));
    Await.value(consumer.handle(handler));
  }

  private BeanstalkProducer producer() {
    return open(BeanstalkProducer.open(broker.url()));
  }

  private BeanstalkClient client() {
    BeanstalkClient client = open(Await.value(BeanstalkClient.connect(broker.url())));
    Await.value(client.watch(JOBS));
    return client;
  }

  private static Reply.Reserved reserve(BeanstalkClient client) {
    return Await.value(client.reserve(Duration.ofSeconds(10)).map(ReserveReply::orThrow));
  }

  private static String text(String text) {
    return hex(text.getBytes(UTF_8));
  }
}
