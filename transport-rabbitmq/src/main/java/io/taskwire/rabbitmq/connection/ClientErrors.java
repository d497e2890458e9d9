/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.ExceptionHandler;
import com.rabbitmq.client.TopologyRecoveryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What amqp-client reports on its own threads. */
final class ClientErrors implements ExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ClientErrors.class);

  private final java.util.function.Consumer<Throwable> ended;

  /** {@code ended} is told what ends the connection, before amqp-client takes the locks that a writer in trouble may hold. */
  ClientErrors(java.util.function.Consumer<Throwable> ended) {
    this.ended = ended;
  }

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable cause) {
    LOG.debug("A connection to RabbitMQ ends", cause);
    ended.accept(cause);
  }

  @Override
  public void handleReturnListenerException(Channel channel, Throwable cause) {
    defect("a returned message", cause);
  }

  @Override
  public void handleConfirmListenerException(Channel channel, Throwable cause) {
    defect("a confirm", cause);
  }

  @Override
  public void handleBlockedListenerException(Connection connection, Throwable cause) {
    defect("a blocked or unblocked notice", cause);
  }

  @Override
  public void handleConsumerException(
      Channel channel, Throwable cause, Consumer consumer, String tag, String method) {
    defect("a delivery", cause);
  }

  @Override
  public void handleConnectionRecoveryException(Connection connection, Throwable cause) {
    defect("a recovery, which is off", cause);
  }

  @Override
  public void handleChannelRecoveryException(Channel channel, Throwable cause) {
    defect("a recovery, which is off", cause);
  }

  @Override
  public void handleTopologyRecoveryException(
      Connection connection, Channel channel, TopologyRecoveryException cause) {
    defect("a recovery, which is off", cause);
  }

  private void defect(String what, Throwable cause) {
    LOG.error("The connection could not take {}; it is given up", what, cause);
    ended.accept(cause);
  }
}
