/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.EnvelopeMode;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.ConnectionOptions;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.spi.Envelope;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplySenderTest {

  private static final Tube TUBE = Tube.of("tw.r.0123456789abcdef0123456789abcdef.t120");

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
  private BeanstalkdBroker broker = BeanstalkdBroker.create();
  private @Nullable PutConnection connected;

  @AfterEach
  void stop() {
    Await.value(vertx.close());
    broker.close();
    assertThat(uncaught).isEmpty();
  }

  private ReplySender start(BeanstalkdBroker with, int believedMaxJobSize) {
    broker = with;
    broker.start();
    context.exceptionHandler(uncaught::add);
    connected = new PutConnection(get(() ->
        BeanstalkConnection.connect(vertx, ConnectionOptions.of("127.0.0.1", broker.port()))));
    return new ReplySender(context, 60, believedMaxJobSize);
  }

  private PutConnection connection() {
    return Objects.requireNonNull(connected);
  }

  private <T> T get(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> action.get().onComplete(done));
    return Await.value(done.future());
  }

  /** All in one turn of the event loop. */
  private List<Future<Reply>> send(ReplySender sender, boolean together, List<String> replies) {
    return get(() -> {
      List<Future<Reply>> answers = new ArrayList<>();
      for (String reply : replies) {
        answers.add(sender.send(connection(), TUBE, Buffer.buffer(reply, "ISO-8859-1"), together));
      }
      return Future.join(answers).transform(done -> Future.succeededFuture(answers));
    });
  }

  private static List<String> numbered(int count, int length) {
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(String.format("%05d", i).repeat(length / 5));
    }
    return replies;
  }

  /** The jobs in the reply tube: how many replies each has, in order. */
  private List<List<String>> jobs() {
    List<List<String>> jobs = new ArrayList<>();
    try (RawClient raw = new RawClient(broker.port())) {
      raw.say("watch " + TUBE);
      for (String job = raw.ask("reserve-with-timeout 0");
          !job.equals("TIMED_OUT");
          job = raw.ask("reserve-with-timeout 0")) {
        Envelope envelope =
            Envelope.open(EnvelopeMode.AUTO, Buffer.buffer(job.getBytes(ISO_8859_1)));
        if (ReplyBatch.isOne(envelope)) {
          List<Buffer> replies = Objects.requireNonNull(ReplyBatch.decode(envelope));
          assertThat(job.length()).isLessThanOrEqualTo(ReplyBatch.MAX_BYTES);
          jobs.add(replies.stream().map(reply -> reply.toString("ISO-8859-1")).toList());
        } else {
          jobs.add(List.of(job));
        }
      }
    }
    return jobs;
  }

  @Test
  void replies_of_one_turn_for_one_caller_go_into_one_job() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    List<String> replies = numbered(100, 20);

    List<Future<Reply>> answers = send(sender, true, replies);

    assertThat(jobs()).containsExactly(replies);
    assertThat(answers)
        .allSatisfy(each -> assertThat(each.result()).isInstanceOf(Reply.Inserted.class));
  }

  @Test
  void replies_wait_for_the_answer_to_the_job_before_and_not_for_long() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    List<Future<Reply>> answers = new ArrayList<>();

    get(() -> {
      sendInTurns(sender, 0, answers);
      Promise<Void> all = Promise.promise();
      vertx.setPeriodic(1, id -> {
        if (answers.size() == 40 && answers.stream().allMatch(Future::isComplete)) {
          vertx.cancelTimer(id);
          all.tryComplete();
        }
      });
      return all.future();
    });

    List<List<String>> jobs = jobs();
    assertThat(jobs.stream().flatMap(List::stream)).hasSize(40).isSorted();
    assertThat(jobs).hasSizeLessThan(40).allSatisfy(job -> assertThat(job).hasSizeLessThan(40));
    assertThat(answers).allSatisfy(each -> assertThat(each.succeeded()).isTrue());
  }

  /** One reply in each turn of the event loop. */
  private void sendInTurns(ReplySender sender, int number, List<Future<Reply>> answers) {
    if (number < 40) {
      Buffer reply = Buffer.buffer(String.format("%05d", number));
      answers.add(sender.send(connection(), TUBE, reply, true));
      context.runOnContext(v -> sendInTurns(sender, number + 1, answers));
    }
  }

  @Test
  void replies_for_a_caller_that_does_not_know_of_it_stay_alone() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    List<String> replies = numbered(20, 20);

    send(sender, false, replies);

    assertThat(jobs()).containsExactlyElementsOf(replies.stream().map(List::of).toList());
  }

  @Test
  void one_reply_alone_is_a_job_as_it_ever_was() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);

    send(sender, true, List.of("alone"));

    assertThat(jobs()).containsExactly(List.of("alone"));
  }

  @Test
  void replies_of_different_callers_do_not_meet() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    Tube other = Tube.of("tw.r.other.t120");

    get(() -> Future.join(
        sender.send(connection(), TUBE, Buffer.buffer("a"), true),
        sender.send(connection(), other, Buffer.buffer("b"), true),
        sender.send(connection(), TUBE, Buffer.buffer("c"), true)));

    assertThat(jobs()).containsExactly(List.of("a", "c"));
  }

  @Test
  void no_job_is_larger_than_every_reader_takes_and_the_order_stays() {
    ReplySender sender = start(BeanstalkdBroker.withMaxJobSize(10_000_000), 10_000_000);
    List<String> replies = new ArrayList<>(numbered(500, 1000));
    replies.add(250, "x".repeat(100_000));

    send(sender, true, replies);

    List<List<String>> jobs = jobs();
    assertThat(jobs.stream().flatMap(List::stream)).containsExactlyElementsOf(replies);
    assertThat(jobs).hasSizeBetween(9, 12);
  }

  @Test
  void a_job_that_is_too_big_for_the_broker_is_taken_apart() {
    ReplySender sender = start(BeanstalkdBroker.withMaxJobSize(100), 65_535);
    List<String> replies = numbered(6, 50);

    List<Future<Reply>> answers = send(sender, true, replies);

    assertThat(answers)
        .allSatisfy(each -> assertThat(each.result()).isInstanceOf(Reply.Inserted.class));
    assertThat(jobs()).containsExactlyElementsOf(replies.stream().map(List::of).toList());
  }

  @Test
  void a_refusal_is_the_answer_to_each() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    broker.drain();

    List<Future<Reply>> answers = send(sender, true, numbered(5, 20));

    assertThat(answers)
        .allSatisfy(each -> assertThat(each.result()).isInstanceOf(Reply.Draining.class));
  }

  @Test
  void a_lost_connection_fails_each() {
    ReplySender sender = start(BeanstalkdBroker.create(), 65_535);
    broker.kill();

    List<Future<Reply>> answers = send(sender, true, numbered(5, 20));

    assertThat(answers)
        .allSatisfy(each -> assertThat(each.cause()).isInstanceOf(BeanstalkException.class));
  }
}
