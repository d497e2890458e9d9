/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

/** What RabbitMQ has refused, and why: it closed a channel or the connection for it. */
public final class BrokerRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The reply code of AMQP 0-9-1, section 1.2. */
  private final int code;

  /** The broker's own words. */
  private final String text;

  /**
   * Creates the exception.
   *
   * @param code the reply code, such as 404
   * @param text the broker's words, such as {@code NOT_FOUND - no queue 'a' in vhost '/'}
   */
  public BrokerRefusal(int code, String text) {
    super("RabbitMQ refused: " + code + " " + text);
    this.code = code;
    this.text = text;
  }

  /** The reply code, such as 404. */
  public int code() {
    return code;
  }

  /** The broker's words, such as {@code NOT_FOUND - no queue 'a' in vhost '/'}. */
  public String text() {
    return text;
  }
}
