/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.spi.Settled;
import io.taskwire.spi.Ticker;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loops that share their slots, at a real broker. */
class ReserveLoopTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();

  private Vertx vertx;
  private Context context;
  private RawClient raw;

  @BeforeAll
  static void start_broker() {
    BROKER.start();
  }

  @AfterAll
  static void stop_broker() {
    BROKER.close();
  }

  @BeforeEach
  void start_vertx() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    raw = new RawClient(BROKER.port());
  }

  @AfterEach
  void stop_vertx() throws TimeoutException {
    raw.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private final class Source implements ConnectionSource {
    private final Ticker leases = ReserveLoop.leaseTicker(context);

    @Override
    public Future<BeanstalkConnection> open() {
      ConnectionOptions options = ConnectionOptions.of("127.0.0.1", BROKER.port());
      return new Connections(context, options.replyTimeout()).open(options);
    }

    @Override
    public Ticker leases() {
      return leases;
    }

    @Override
    public String broker() {
      return "127.0.0.1:" + BROKER.port();
    }
  }

  /** Keeps what comes, unless it is told to end it at once. */
  private static final class Receiver implements JobReceiver {
    private final Consumer<ReservedJob> then;
    private final List<ReservedJob> jobs = new CopyOnWriteArrayList<>();

    Receiver(Consumer<ReservedJob> then) {
      this.then = then;
    }

    @Override
    public void reserved(ReservedJob job) {
      jobs.add(job);
      then.accept(job);
    }

    @Override
    public void oversized(ReservedJob job, long length) {
      throw new AssertionError("job " + job.id() + " has " + length + " bytes");
    }

    @Override
    public void tubeEmpty() {}

    @Override
    public void lost(Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private void open(Tube tube, int weight, JobSlots slots, JobReceiver receiver)
      throws TimeoutException {
    Promise<Void> opened = Promise.promise();
    context.runOnContext(v -> new ReserveLoop(
            vertx, new Source(), new LoopSettings(List.of(tube), weight, true), slots, receiver)
        .open()
        .onComplete(opened));
    opened.future().await(20, TimeUnit.SECONDS);
  }

  private Settled end(ReservedJob job) throws TimeoutException {
    Promise<Settled> ended = Promise.promise();
    context.runOnContext(v -> job.end(new Command.Delete(job.id())).onComplete(ended));
    return ended.future().await(20, TimeUnit.SECONDS);
  }

  private long put(String tube, int priority) {
    raw.say("use " + tube);
    return Long.parseLong(
        raw.say("put " + priority + " 0 60 1\r\nx").substring("INSERTED ".length()));
  }

  private static ReservedJob first(Receiver receiver) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.jobs.isEmpty());
    return receiver.jobs.get(0);
  }

  @Test
  void a_job_that_comes_when_no_slot_is_free_begins_with_the_next() throws TimeoutException {
    JobSlots slots = new JobSlots(1);
    Receiver here = new Receiver(job -> {});
    Receiver there = new Receiver(job -> {});
    open(Tube.of("late-here"), 1, slots, here);
    open(Tube.of("late-there"), 1, slots, there);
    put("late-here", 7);
    ReservedJob running = first(here);
    long second = put("late-there", 7);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> raw.ask("stats-job " + second).contains("state: reserved"));
    assertThat(there.jobs).isEmpty();

    assertThat(end(running)).isEqualTo(Settled.DONE);

    assertThat(first(there).id()).isEqualTo(second);
  }

  @Test
  void a_job_that_waits_for_a_slot_goes_back_with_its_priority_so_that_others_get_it()
      throws TimeoutException {
    JobSlots slots = new JobSlots(1);
    Receiver here = new Receiver(job -> {});
    Receiver there = new Receiver(job -> {});
    open(Tube.of("back-here"), 1, slots, here);
    open(Tube.of("back-there"), 1, slots, there);
    put("back-here", 7);
    first(here);
    long second = put("back-there", 77);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> raw.ask("stats-job " + second).contains("releases: 1"));

    assertThat(raw.ask("stats-job " + second)).contains("pri: 77", "state: ready");
    raw.say("watch back-there");
    assertThat(raw.say("reserve-with-timeout 5")).startsWith("RESERVED " + second + " ");
    assertThat(there.jobs).isEmpty();
  }

  @Test
  void slots_go_to_the_tubes_by_their_weights() throws TimeoutException {
    for (int i = 0; i < 300; i++) {
      put("heavy", 7);
      put("light", 7);
    }
    List<String> order = new CopyOnWriteArrayList<>();
    JobSlots slots = new JobSlots(1);
    put("gate", 7);
    Receiver gate = new Receiver(job -> {});
    open(Tube.of("gate"), 1, slots, gate);
    ReservedJob closed = first(gate);
    open(Tube.of("heavy"), 4, slots, new Receiver(job -> {
      order.add("heavy");
      job.end(new Command.Delete(job.id()));
    }));
    open(Tube.of("light"), 1, slots, new Receiver(job -> {
      order.add("light");
      job.end(new Command.Delete(job.id()));
    }));

    assertThat(end(closed)).isEqualTo(Settled.DONE);

    await().atMost(Duration.ofSeconds(20)).until(() -> order.size() >= 250);
    assertThat(Collections.frequency(List.copyOf(order).subList(0, 250), "light"))
        .as("light ones among 250")
        .isBetween(30, 110);
  }

  @Test
  void a_lost_lease_is_told_and_without_the_keeper_it_is_lost_in_time() throws TimeoutException {
    raw.put("unkept", 3, "x");
    Promise<Throwable> lost = Promise.promise();
    Receiver receiver = new Receiver(job -> job.onLost(lost::complete));
    Promise<Void> opened = Promise.promise();
    context.runOnContext(v -> new ReserveLoop(
            vertx,
            new Source(),
            new LoopSettings(List.of(Tube.of("unkept")), 1, false),
            new JobSlots(4),
            receiver)
        .open()
        .onComplete(opened));
    opened.future().await(20, TimeUnit.SECONDS);

    assertThat(lost.future().await(20, TimeUnit.SECONDS)).isInstanceOf(LeaseLostException.class);
    assertThat(end(receiver.jobs.get(0))).isEqualTo(Settled.LEASE_LOST);
  }

  @Test
  void a_kept_lease_outlives_the_time_to_run() throws TimeoutException {
    long id = raw.put("kept", 2, "x");
    Receiver receiver = new Receiver(job -> {});
    open(Tube.of("kept"), 1, new JobSlots(4), receiver);
    ReservedJob job = first(receiver);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> raw.ask("stats-job " + id).contains("age: 6"));

    assertThat(job.lost()).isNull();
    assertThat(raw.ask("stats-job " + id)).contains("timeouts: 0");
    assertThat(end(job)).isEqualTo(Settled.DONE);
  }

  @Test
  void bodies_are_handed_over_as_they_were_put() throws TimeoutException {
    raw.put("bodies", 60, "a\r\nb");
    Receiver receiver = new Receiver(job -> {});
    open(Tube.of("bodies"), 1, new JobSlots(1), receiver);
    assertThat(first(receiver).body()).isEqualTo(Buffer.buffer("a\r\nb"));
  }
}
