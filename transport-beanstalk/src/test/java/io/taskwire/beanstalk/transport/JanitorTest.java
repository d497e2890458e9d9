/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.Capabilities;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.ConnectionOptions;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Caller;
import io.taskwire.tck.bed.Stage;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of docs/DELIVERY.md for reply tubes, against a broker; the clock between sweeps is the test's. */
@Timeout(60)
class JanitorTest {

  private static final String ID = "tw.r.0123456789abcdef0123456789abcdef";

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong clock = new AtomicLong();
  private RawClient raw;
  private Janitor janitor;

  @BeforeEach
  void start() {
    broker.start();
    raw = new RawClient(broker.port());
    janitor = get(
        () -> BeanstalkConnection.connect(vertx, ConnectionOptions.of("127.0.0.1", broker.port()))
            .map(connection ->
                new Janitor(vertx, new PutConnection(connection), clock::get, () -> 0.5)));
  }

  @AfterEach
  void stop() {
    raw.close();
    Await.value(vertx.close());
    broker.close();
  }

  private <T> T get(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> action.get().onComplete(done));
    return Await.value(done.future());
  }

  private int sweep() {
    return get(janitor::sweep);
  }

  private void pass(long millis) {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Puts a reply that is older than a second when this returns; nobody uses its tube. */
  private long oldReply(String tube) {
    long id = raw.put(tube, 60, "reply");
    raw.say("use default");
    await()
        .until(() -> !raw.ask("stats-job " + id).contains("\nage: 0\n")
            && !raw.ask("stats-job " + id).contains("\nage: 1\n"));
    return id;
  }

  private String stat(String name) {
    return raw.ask("stats")
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .findFirst()
        .get();
  }

  @Test
  void replies_of_a_caller_that_is_gone_are_deleted_and_their_tube_vanishes() {
    long reply = oldReply(ID + ".t1");
    assertThat(sweep()).isZero();
    pass(500);

    assertThat(sweep()).isEqualTo(1);

    assertThat(raw.say("stats-job " + reply)).isEqualTo("NOT_FOUND");
    await().until(() -> !raw.ask("list-tubes").contains("tw.r."));
  }

  @Test
  void two_sweeps_less_than_half_of_its_time_apart_are_not_enough() {
    oldReply(ID + ".t1");
    sweep();
    pass(499);

    assertThat(sweep()).isZero();

    pass(1);
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void a_tube_that_was_watched_between_begins_anew() {
    oldReply(ID + ".t1");
    sweep();
    try (RawClient caller = new RawClient(broker.port())) {
      caller.say("watch " + ID + ".t1");
      pass(10_000);
      assertThat(sweep()).isZero();
    }
    await().until(() -> raw.ask("stats-tube " + ID + ".t1").contains("current-watching: 0"));

    assertThat(sweep()).isZero();
    pass(500);
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void a_reply_younger_than_the_time_in_the_name_stays() {
    long reply = oldReply(ID + ".t100");
    sweep();
    pass(1_000_000);

    assertThat(sweep()).isZero();

    assertThat(raw.ask("stats-job " + reply)).contains("state: ready");
  }

  @Test
  void old_replies_go_and_younger_ones_behind_them_stay() {
    oldReply(ID + ".t1");
    sweep();
    pass(500);
    long young = raw.put(ID + ".t1", 60, "young");

    assertThat(sweep()).isEqualTo(1);

    assertThat(raw.ask("stats-job " + young)).contains("state: ready");
  }

  @Test
  void a_caller_that_comes_back_at_the_last_moment_finds_its_reply() {
    long reply = oldReply(ID + ".t1");
    raw.say("watch " + ID + ".t1");

    int deleted = get(() -> BeanstalkConnection.connect(
            vertx, ConnectionOptions.of("127.0.0.1", broker.port()))
        .compose(connection ->
            new OrphanTube(new PutConnection(connection), Tube.of(ID + ".t1"), 1).clear(10)));

    assertThat(deleted).isZero();
    assertThat(raw.ask("stats-job " + reply)).contains("state: ready");
  }

  @Test
  void replies_that_a_caller_had_set_aside_go_too() {
    String tube = "tw.r.shop.k1";
    long reply = oldReply(tube);
    raw.say("watch " + tube);
    raw.ask("reserve");
    raw.say("bury " + reply + " 1024");
    raw.say("ignore " + tube);
    sweep();
    pass(500);

    assertThat(sweep()).isEqualTo(1);

    assertThat(raw.say("stats-job " + reply)).isEqualTo("NOT_FOUND");
  }

  @Test
  void it_neither_watches_nor_reserves_and_counts_use_for_nothing() {
    oldReply(ID + ".t1");
    String watches = stat("cmd-watch");
    String reserves = stat("cmd-reserve-with-timeout");
    String blocking = stat("cmd-reserve");
    // A worker that has answered, and waits for more.
    raw.say("use " + ID + ".t1");
    sweep();
    pass(500);

    assertThat(sweep()).isEqualTo(1);

    assertThat(stat("cmd-watch")).isEqualTo(watches);
    assertThat(stat("cmd-reserve-with-timeout")).isEqualTo(reserves);
    assertThat(stat("cmd-reserve")).isEqualTo(blocking);
  }

  @Test
  void a_caller_that_lives_is_seen_whatever_it_does_and_gone_at_once() {
    long reply = oldReply(ID + ".t1");
    RawClient caller = new RawClient(broker.port());
    caller.say("watch " + ID + ".t1");
    caller.ask("reserve"); // holds it
    sweep();
    pass(10_000);
    assertThat(sweep()).isZero();
    caller.say("release " + reply + " 1024 0"); // idle
    pass(10_000);
    assertThat(sweep()).isZero();

    caller.close();

    await().until(() -> raw.ask("stats-tube " + ID + ".t1").contains("current-watching: 0"));
    sweep();
    pass(500);
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void names_that_tell_no_time_are_left_alone() {
    for (String tube : new String[] {"orders", "tw.r.x", "tw.r.x.t0", "tw.r.x.q1", "tw.r.t1"}) {
      oldReply(tube);
    }
    sweep();
    pass(10_000);

    assertThat(sweep()).isZero();

    assertThat(stat("current-jobs-ready")).endsWith(": 5");
  }

  @Test
  void no_more_tubes_are_asked_about_in_a_sweep_than_allowed_and_none_is_left_out_for_ever() {
    for (int i = 0; i < 100; i++) {
      raw.put(String.format("tw.r.%032d.t1", i), 60, "reply");
    }
    oldReply("tw.r.last.t1");
    long before = asked();

    for (int sweep = 0; sweep < 12; sweep++) {
      sweep();
      long asked = asked();
      // One more for each reply that is deleted, to be sure at the last moment.
      assertThat(asked - before).isLessThanOrEqualTo(2L * Janitor.MOST_TUBES);
      before = asked;
      pass(500);
    }

    assertThat(stat("current-jobs-ready")).endsWith(": 0");
  }

  private long asked() {
    return Long.parseLong(stat("cmd-stats-tube").replaceAll("\\D", ""));
  }

  @Test
  void no_more_replies_are_deleted_in_a_sweep_than_allowed() {
    String tube = ID + ".t1";
    for (int i = 0; i < Janitor.MOST_REPLIES + 50; i++) {
      raw.put(tube, 60, "reply");
    }
    oldReply(tube);
    sweep();
    pass(500);

    assertThat(sweep()).isEqualTo(Janitor.MOST_REPLIES);
    assertThat(sweep()).isEqualTo(51);
  }

  @Test
  void sweeps_are_a_minute_apart_and_up_to_a_half_more_or_less() {
    assertThat(janitor.nextWaitMillis()).isEqualTo(60_000);
    assertThat(waitWith(0)).isEqualTo(30_000);
    assertThat(waitWith(0.999)).isBetween(89_000L, 90_000L);
  }

  private long waitWith(double random) {
    return get(() -> BeanstalkConnection.connect(
            vertx, ConnectionOptions.of("127.0.0.1", broker.port()))
        .map(connection -> new Janitor(
                vertx, new PutConnection(connection), clock::get, () -> random)
            .nextWaitMillis()));
  }

  @Test
  void a_caller_of_ours_watches_its_tube_from_its_first_task_to_its_end() {
    Stage stage = Stage.of(new BeanstalkTransportProvider(), broker.port()).connect();
    stage.submit(Caller.of("nobody-serves-it", "x")).task();
    String tube = "tw.r." + stage.instanceId() + ".t120";
    await().until(() -> raw.ask("stats-tube " + tube).contains("current-watching: 1"));
    long reply = raw.put(tube, 60, "no reply of anybody's");
    await().until(() -> raw.say("stats-job " + reply).equals("NOT_FOUND"));
    assertThat(raw.ask("stats-tube " + tube)).contains("current-watching: 1");

    stage.close();

    raw.say("use default");
    await().until(() -> raw.say("stats-tube " + tube).equals("NOT_FOUND"));
  }

  @Test
  void a_caller_out_of_reach_for_half_of_the_time_takes_a_new_tube_and_gives_up_what_was_open() {
    List<BeanstalkTransport> made = new ArrayList<>();
    Stage stage = Stage.of(new WithClock(made, clock::get), broker.port()).connect();
    Caller waits = stage.submit(Caller.of("nobody-serves-it", "x"));
    waits.task();
    String before = made.get(0).replyTube().name();
    stage.get(stage.session()::close);
    pass(59_000);
    stage.connect();
    assertThat(made.get(0).replyTube().name()).isEqualTo(before);
    assertThat(waits.end().isComplete()).isFalse();

    stage.get(stage.session()::close);
    pass(61_000);
    stage.connect();

    assertThat(made.get(0).replyTube().name())
        .isNotEqualTo(before)
        .matches("tw\\.r\\.[0-9a-f]{32}\\.t120");
    assertThat(Await.failure(waits.end(), OutcomeUnknownException.class))
        .hasMessageContaining("out of reach");
    stage.close();
  }

  /** Makes transports whose absence the test decides on. */
  private record WithClock(List<BeanstalkTransport> made, LongSupplier nanoTime)
      implements TransportProvider {

    private static final TransportProvider REAL = new BeanstalkTransportProvider();

    @Override
    public String name() {
      return REAL.name();
    }

    @Override
    public Set<String> schemes() {
      return REAL.schemes();
    }

    @Override
    public List<Option<?>> options() {
      return REAL.options();
    }

    @Override
    public Capabilities capabilities() {
      return REAL.capabilities();
    }

    @Override
    public Transport create(TransportContext context) {
      BeanstalkTransport transport = new BeanstalkTransport(context, nanoTime);
      made.add(transport);
      return transport;
    }
  }
}
