/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.DeleteReply;
import io.taskwire.beanstalk.codec.PeekReply;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.StatsReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads with one client: each gets the answers to its own commands. */
@Timeout(120)
class ManyCallersTest {

  private static final int THREADS = 12;
  private static final int JOBS = 1_000;

  @Test
  void each_caller_gets_its_own_answers_and_its_own_tube() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (BeanstalkdBroker broker = BeanstalkdBroker.create()) {
      broker.start();
      try (BeanstalkClient client =
          Await.value(BeanstalkClient.connect("beanstalk://127.0.0.1:" + broker.port()))) {
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Tube tube = Tube.of("caller" + i);
          callers.add(() -> call(client, tube));
        }
        for (var caller : threads.invokeAll(callers)) {
          caller.get();
        }
        assertThat(Await.value(client.stats().map(StatsReply::orThrow)).jobs().total())
            .isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void call(BeanstalkClient client, Tube tube) {
    List<Future<Reply.Inserted>> puts = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      puts.add(client.put(tube, body(tube, i), PutOptions.DEFAULT).map(PutReply::orThrow));
    }
    List<Future<?>> checks = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      long id = Await.value(puts.get(i)).id();
      Buffer expected = body(tube, i);
      checks.add(client
          .peek(id)
          .map(PeekReply::orThrow)
          .map(found -> assertThat(found).isEqualTo(new Reply.Found(id, expected))));
      if (i % 100 == 0) {
        checks.add(client
            .statsJob(id)
            .map(StatsJobReply::orThrow)
            .map(stats -> assertThat(stats.tube()).isEqualTo(tube)));
      }
      checks.add(client.delete(id).map(DeleteReply::orThrow));
    }
    Await.allDone(checks);
    checks.forEach(check -> assertThat(check.cause()).isNull());
    return null;
  }

  private static Buffer body(Tube tube, int i) {
    return Buffer.buffer(tube + " " + i);
  }

  @Test
  void a_body_that_looks_like_commands_is_a_body() {
    try (BeanstalkdBroker broker = BeanstalkdBroker.create()) {
      broker.start();
      try (BeanstalkClient client =
          Await.value(BeanstalkClient.connect("beanstalk://127.0.0.1:" + broker.port()))) {
        Buffer body = Buffer.buffer("\r\nput 0 0 60 1\r\nx\r\nkick 5\r\nquit\r\n");
        long id = Await.value(client.put(body, PutOptions.DEFAULT).map(PutReply::orThrow))
            .id();
        assertThat(Await.value(client.peek(id))).isEqualTo(new Reply.Found(id, body));
        var stats = Await.value(client.stats().map(StatsReply::orThrow));
        assertThat(stats.totalJobs()).isEqualTo(1);
        assertThat(stats.commands()).containsEntry("put", 1L).containsEntry("kick", 0L);
      }
    }
  }
}
