/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.broker.MemoryBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kit looks for without a queue; what it looks for in queues is proved where there is a transport. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LeftoversTest {

  private static final Duration BRIEF = Duration.ofMillis(300);

  @Test
  void nothing_is_found_where_nothing_is_left() {
    MemoryBroker broker = MemoryBroker.create();
    broker.start();
    new TestBed(broker).close();
  }

  @Test
  void a_thread_is_found() {
    CountDownLatch end = new CountDownLatch(1);
    TestBed bed = new TestBed(MemoryBroker.create(), BRIEF);
    Thread left = new Thread(
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "taskwire-forgotten");
    left.start();

    assertThatThrownBy(bed::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("threads left: [taskwire-forgotten]");
    end.countDown();
  }

  @Test
  void timers_are_found() {
    TestBed bed = new TestBed(MemoryBroker.create(), BRIEF);
    bed.vertx().setTimer(60_000, id -> {});
    long cancelled = bed.vertx().setTimer(60_000, id -> {});
    bed.vertx().setPeriodic(60_000, id -> {});
    bed.vertx().cancelTimer(cancelled);

    assertThatThrownBy(bed::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 timers left");
  }

  @Test
  void a_connection_at_the_broker_is_found() throws IOException {
    try (Broker broker = GearmandBroker.create()) {
      broker.start();
      TestBed bed = new TestBed(broker, BRIEF);
      try (Socket left = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
        left.getOutputStream().write("version\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(left.getInputStream().read()).isPositive();

        assertThatThrownBy(bed::close)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("1 connections left at the broker");
      }
    }
  }

  @Test
  void a_connection_through_a_proxy_is_found() throws IOException {
    try (Broker broker = BeanstalkdBroker.create()) {
      broker.start();
      TestBed bed = new TestBed(broker, BRIEF);
      try (Socket left =
          new Socket(InetAddress.getLoopbackAddress(), bed.proxy().port())) {
        left.getOutputStream().write("list-tubes\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(left.getInputStream().read()).isPositive();

        assertThatThrownBy(bed::close)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("1 connections left through a proxy")
            .hasMessageContaining("1 connections left at the broker");
      }
    }
  }

  @Test
  void a_buffer_is_found() {
    TestBed bed = new TestBed(MemoryBroker.create(), BRIEF);
    assertThat(BufferLeaks.isWatching()).isTrue();
    forgetABuffer();

    assertThatThrownBy(bed::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a buffer was not released");
  }

  private static void forgetABuffer() {
    PooledByteBufAllocator.DEFAULT.directBuffer(256).writeByte(1);
  }
}
