/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Backoff;
import io.taskwire.impl.config.CapturedLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReconnectorTest {

  private static final RetryPolicy FAST =
      new RetryPolicy(ofMillis(20), 0, Backoff.FIXED, ofMillis(20));
  private static final RetryPolicy OFF =
      new RetryPolicy(Duration.ZERO, 0, Backoff.FIXED, ofMillis(20));

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<Promise<String>> attempts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CapturedLog log = new CapturedLog(Reconnector.class.getName());

  private final Reconnector.Target<String> target = new Reconnector.Target<>() {
    @Override
    public Future<String> connect() {
      Promise<String> attempt = Promise.promise();
      attempts.add(attempt);
      return attempt.future();
    }

    @Override
    public Future<Void> close(String connection) {
      events.add("closed " + connection);
      return Future.succeededFuture();
    }
  };

  private final Reconnector.Listener<String> listener = new Reconnector.Listener<>() {
    @Override
    public void up(String connection) {
      events.add("up " + connection);
    }

    @Override
    public void failed(int attempt, BrokerConnectException cause, Duration nextWait) {
      events.add("failed " + attempt);
    }

    @Override
    public void lost(String connection, Throwable cause) {
      events.add("lost " + connection);
    }

    @Override
    public void gaveUp(int attempt, BrokerConnectException cause) {
      events.add("gave up after " + attempt);
    }
  };

  @AfterEach
  void closeVertx() {
    log.close();
    vertx.close().await();
  }

  @Test
  void tries_again_until_there_is_a_connection() throws InterruptedException {
    Reconnector<String> reconnector = connecting(FAST);
    refuse();
    refuse();
    accept("first");

    expect("failed 1", "failed 2", "up first");
    assertThat(on(reconnector::current)).isEqualTo("first");
    assertThat(on(reconnector::state)).isEqualTo(Reconnector.State.UP);
    assertThat(on(reconnector::lastFailure)).isNull();
  }

  @Test
  void says_in_one_line_which_peer_failed_why_and_when_the_next_attempt_is() throws Exception {
    connecting(FAST);
    refuse();
    refuse();
    accept("first");
    expect("failed 1", "failed 2", "up first");

    assertThat(log.lines())
        .filteredOn(line -> !line.startsWith("DEBUG"))
        .containsExactly(
            "INFO cannot connect to test://h:1: Connection refused (attempt 1); next attempt in 0.02 s",
            "INFO cannot connect to test://h:1: Connection refused (attempt 2); next attempt in 0.02 s");
  }

  @Test
  void connects_again_at_once_after_a_loss() throws InterruptedException {
    Reconnector<String> reconnector = connecting(slow());
    accept("first");
    expect("up first");

    lose(reconnector, "first");
    accept("second");

    expect("lost first", "up second");
  }

  @Test
  void waits_longer_each_time_for_a_peer_that_accepts_and_closes() throws InterruptedException {
    Reconnector<String> reconnector = connecting(slow());
    accept("first");
    lose(reconnector, "first");
    accept("second");
    lose(reconnector, "second");
    accept("third");
    lose(reconnector, "third");
    accept("fourth");

    expect("up first", "lost first", "up second", "lost second", "failed 1", "up third");
    expect("lost third", "failed 2", "up fourth");
  }

  @Test
  void hears_nothing_of_a_connection_that_is_not_up_any_more() throws InterruptedException {
    Reconnector<String> reconnector = connecting(slow());
    accept("first");
    lose(reconnector, "first");
    accept("second");
    lose(reconnector, "first");

    expect("up first", "lost first", "up second");
    assertThat(on(reconnector::current)).isEqualTo("second");
    assertThat(events).isEmpty();
  }

  @Test
  void gives_up_where_another_attempt_cannot_help_until_it_is_asked_again() throws Exception {
    Reconnector<String> reconnector = connecting(FAST);
    Promise<String> attempt = next();
    context.runOnContext(
        ignored -> attempt.fail(new BrokerConnectException("wrong password", false, null)));
    expect("gave up after 1");
    assertThat(on(reconnector::state)).isEqualTo(Reconnector.State.IDLE);
    assertThat(attempts).isEmpty();

    context.runOnContext(ignored -> reconnector.ensureConnecting());
    accept("first");
    expect("up first");
  }

  @Test
  void gives_up_if_the_loss_says_that_another_attempt_cannot_help() throws InterruptedException {
    Reconnector<String> reconnector = connecting(FAST);
    accept("first");
    expect("up first");

    context.runOnContext(ignored ->
        reconnector.lost("first", new BrokerConnectException("no certificate", false, null)));

    expect("lost first", "gave up after 1");
    assertThat(attempts).isEmpty();
  }

  @Test
  void gives_up_at_the_first_failure_if_it_is_off_but_still_reconnects() throws Exception {
    Reconnector<String> reconnector = connecting(OFF);
    refuse();
    expect("gave up after 1");

    context.runOnContext(ignored -> reconnector.ensureConnecting());
    accept("first");
    lose(reconnector, "first");
    refuse();
    accept("second");

    expect("up first", "lost first", "failed 1", "up second");
  }

  @Test
  void closes_the_connection_and_says_nothing_of_a_loss() throws InterruptedException {
    Reconnector<String> reconnector = connecting(FAST);
    accept("first");
    expect("up first");

    on(reconnector::close).await();

    expect("closed first");
    lose(reconnector, "first");
    assertThat(on(reconnector::state)).isEqualTo(Reconnector.State.CLOSED);
    assertThat(on(reconnector::current)).isNull();
    assertThat(events).isEmpty();
  }

  @Test
  void waits_at_close_for_a_running_attempt_and_closes_what_it_made() throws InterruptedException {
    Reconnector<String> reconnector = connecting(FAST);
    Promise<String> attempt = next();
    Future<Void> closed = on(reconnector::close);
    assertThat(closed.isComplete()).isFalse();

    context.runOnContext(ignored -> attempt.complete("late"));

    closed.await();
    expect("closed late");
    assertThat(events).isEmpty();
  }

  @Test
  void makes_no_attempt_after_close() throws InterruptedException {
    Reconnector<String> reconnector = connecting(slow());
    refuse();
    expect("failed 1");

    on(reconnector::close).await();
    context.runOnContext(ignored -> reconnector.ensureConnecting());

    assertThat(on(reconnector::state)).isEqualTo(Reconnector.State.CLOSED);
    assertThat(attempts).isEmpty();
  }

  private static RetryPolicy slow() {
    return new RetryPolicy(Duration.ofSeconds(5), 0, Backoff.FIXED, Duration.ofSeconds(5));
  }

  private Reconnector<String> connecting(RetryPolicy policy) {
    Reconnector<String> reconnector =
        new Reconnector<>(context, "test://h:1", policy, target, listener);
    context.runOnContext(ignored -> reconnector.ensureConnecting());
    return reconnector;
  }

  private Promise<String> next() throws InterruptedException {
    Promise<String> attempt = attempts.poll(10, SECONDS);
    assertThat(attempt).as("an attempt to connect").isNotNull();
    return attempt;
  }

  private void refuse() throws InterruptedException {
    Promise<String> attempt = next();
    context.runOnContext(ignored -> attempt.fail(new ConnectException("Connection refused")));
  }

  private void accept(String connection) throws InterruptedException {
    Promise<String> attempt = next();
    context.runOnContext(ignored -> attempt.complete(connection));
  }

  private void lose(Reconnector<String> reconnector, String connection) {
    context.runOnContext(
        ignored -> reconnector.lost(connection, new ConnectException("Connection reset")));
  }

  private void expect(String... expected) throws InterruptedException {
    for (String event : expected) {
      assertThat(events.poll(10, SECONDS)).isEqualTo(event);
    }
  }

  private <T> T on(Supplier<T> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(ignored -> answer.complete(question.get()));
    return answer.future().await();
  }
}
