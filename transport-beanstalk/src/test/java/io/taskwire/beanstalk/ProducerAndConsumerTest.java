/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.beanstalk.BeanstalkServerStatus.State;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProducerAndConsumerTest {

  private static final Tube TUBE = Tube.of("work");

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();

  @BeforeEach
  void start() {
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void jobs_go_there_and_back_over_tls() throws InterruptedException {
    LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    try (TcpProxy proxy = TcpProxy.tls(broker.port(), TlsEnd.of(TestCertificates.SERVER))) {
      BeanstalkOptions options = BeanstalkOptions.of(
          "beanstalks://localhost:" + proxy.port() + "?ca=" + TestCertificates.ca());
      try (BeanstalkProducer producer = BeanstalkProducer.open(options);
          BeanstalkConsumer consumer = BeanstalkConsumer.open(options, ConsumerOptions.of(TUBE))) {
        consumer.handle(job -> bodies.add(job.text())).await();
        producer.put(TUBE, Buffer.buffer("secret")).await();
        assertThat(bodies.poll(20, TimeUnit.SECONDS)).isEqualTo("secret");
      }
    }
  }

  @Test
  void a_certificate_of_another_authority_is_told_and_not_tried_again() {
    try (TcpProxy proxy = TcpProxy.tls(broker.port(), TlsEnd.of(TestCertificates.OTHER_SERVER))) {
      BeanstalkOptions options = BeanstalkOptions.of(
          "beanstalks://localhost:" + proxy.port() + "?ca=" + TestCertificates.ca());
      try (BeanstalkProducer producer = BeanstalkProducer.open(options);
          BeanstalkConsumer consumer = BeanstalkConsumer.open(options, ConsumerOptions.of(TUBE))) {
        assertThatThrownBy(() -> producer.put(TUBE, Buffer.buffer("secret")).await())
            .isInstanceOf(BeanstalkConnectionException.class)
            .hasMessageContaining("GIVEN_UP");
        assertThatThrownBy(() -> consumer.handle(job -> {}).await())
            .isInstanceOf(BeanstalkConnectionException.class)
            .hasMessageContaining("GIVEN_UP");
      }
    }
  }

  @Test
  void a_consumer_ends_with_the_vertx_instance_it_was_given_and_its_jobs_go_back() {
    Vertx vertx = Vertx.vertx();
    Promise<Void> never = Promise.promise();
    LinkedBlockingQueue<ConsumedJob> begun = new LinkedBlockingQueue<>();
    BeanstalkOptions options = BeanstalkOptions.of(broker.url());
    try (BeanstalkProducer producer = BeanstalkProducer.open(options);
        BeanstalkConsumer consumer =
            BeanstalkConsumer.open(vertx, options, ConsumerOptions.of(TUBE))) {
      consumer
          .handleAsync(job -> {
            begun.add(job);
            return never.future();
          })
          .await();
      producer.put(TUBE, Buffer.buffer("x")).await();
      await().until(() -> begun.size() == 1);
      vertx.close().await();
      assertThat(consumer.servers().get(0).state()).isEqualTo(State.CLOSED);
      assertThat(begun.remove().isLeaseLost()).isTrue();
      try (BeanstalkConsumer next = BeanstalkConsumer.open(options, ConsumerOptions.of(TUBE))) {
        next.handle(begun::add).await();
        await().until(() -> begun.size() == 1);
      }
    }
  }

  @Test
  void a_listener_hears_of_the_servers() {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    BeanstalkOptions options = BeanstalkOptions.builder()
        .server("127.0.0.1", broker.port())
        .retry(Duration.ofMillis(50))
        .listener(new BeanstalkListener() {
          @Override
          public void connected(String server) {
            heard.add("connected");
            throw new IllegalStateException("what a listener throws changes nothing");
          }

          @Override
          public void disconnected(String server, Throwable cause) {
            heard.add("disconnected");
          }
        })
        .build();
    try (BeanstalkConsumer consumer = BeanstalkConsumer.open(options, ConsumerOptions.of(TUBE))) {
      consumer.handle(job -> {}).await();
      broker.restart();
      await().until(() -> heard.size() >= 3);
      assertThat(heard).startsWith("connected", "disconnected", "connected");
    }
  }
}
