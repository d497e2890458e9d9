/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;

/** What is published: the content of AMQP, without its address. */
public final class Content {

  private final AMQP.BasicProperties.Builder properties;
  private final byte[] body;

  Content(AMQP.BasicProperties.Builder properties, byte[] body) {
    this.properties = properties;
    this.body = body;
  }

  /**
   * Gives the properties.
   *
   * @return to which whoever publishes adds a message id
   */
  public AMQP.BasicProperties.Builder properties() {
    return properties;
  }

  /**
   * Gives the body.
   *
   * @return the bytes, not copied
   */
  public byte[] body() {
    return body;
  }
}
