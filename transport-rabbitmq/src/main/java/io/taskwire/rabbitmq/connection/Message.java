/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;

/** What is published. */
public final class Message {

  private final String exchange;
  private final String routingKey;
  private final AMQP.BasicProperties.Builder properties;
  private final byte[] body;
  private final boolean mandatory;

  /**
   * Takes it over.
   *
   * @param exchange empty for the default exchange
   * @param routingKey the queue's name at the default exchange
   * @param properties belong to the channel from now on, which sets the message id of one that is mandatory
   * @param body not copied; must not be changed any more
   * @param mandatory whether the broker is to give it back where no queue takes it; else it confirms it then, as it does
   *     where one does, with less to do
   */
  public Message(
      String exchange,
      String routingKey,
      AMQP.BasicProperties.Builder properties,
      byte[] body,
      boolean mandatory) {
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.properties = properties;
    this.body = body;
    this.mandatory = mandatory;
  }

  /** Empty for the default exchange. */
  public String exchange() {
    return exchange;
  }

  /** The queue's name at the default exchange. */
  public String routingKey() {
    return routingKey;
  }

  /** To be completed by the channel. */
  public AMQP.BasicProperties.Builder properties() {
    return properties;
  }

  /** Not a copy. */
  public byte[] body() {
    return body;
  }

  /** Whether the broker is to give it back where no queue takes it. */
  public boolean isMandatory() {
    return mandatory;
  }
}
