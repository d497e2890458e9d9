/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.comparisons;

import java.net.URI;
import java.util.concurrent.Executors;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.AsyncRabbitTemplate;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.adapter.MessageListenerAdapter;

/**
 * Spring AMQP: {@code worker|client amqp://USER:PASSWORD@HOST:PORT CONCURRENCY}. A direct listener container with that
 * prefetch, and the asynchronous template over direct reply-to.
 */
public final class SpringRpc {

  private static final String QUEUE = "comparison";

  private SpringRpc() {}

  public static void main(String[] args) throws Exception {
    CachingConnectionFactory connections = new CachingConnectionFactory(URI.create(args[1]));
    int concurrency = Integer.parseInt(args[2]);
    RabbitTemplate template = new RabbitTemplate(connections);
    if (args[0].equals("worker")) {
      new RabbitAdmin(connections).declareQueue(new Queue(QUEUE));
      DirectMessageListenerContainer container = new DirectMessageListenerContainer(connections);
      container.setQueueNames(QUEUE);
      container.setPrefetchCount(concurrency);
      container.setTaskExecutor(Executors.newCachedThreadPool());
      MessageListenerAdapter echo = new MessageListenerAdapter(new Object() {
        public byte[] handleMessage(byte[] payload) {
          return payload;
        }
      });
      container.setMessageListener(echo);
      container.afterPropertiesSet();
      container.start();
      Window.ready();
      container.stop();
    } else {
      AsyncRabbitTemplate async = new AsyncRabbitTemplate(template);
      async.start();
      Window.serve(
          payload -> async.sendAndReceive("", QUEUE, new Message(payload, new MessageProperties()))
              .thenApply(Message::getBody),
          concurrency);
      async.stop();
    }
    connections.destroy();
  }
}
