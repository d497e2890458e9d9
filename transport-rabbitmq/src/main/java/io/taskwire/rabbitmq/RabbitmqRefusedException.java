/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import org.jspecify.annotations.Nullable;

/** RabbitMQ answered, and refused. */
public final class RabbitmqRefusedException extends RabbitmqException {

  private static final long serialVersionUID = 1L;

  /** Why RabbitMQ refuses. */
  public enum Reason {
    /** There is no queue of that name in the virtual host. */
    NO_SUCH_QUEUE,
    /** The user is not permitted to do that. */
    ACCESS_REFUSED,
    /** The queue has consumers, and was to be deleted only without. */
    IN_USE,
    /** The queue has messages, and was to be deleted only without. */
    NOT_EMPTY,
    /** The queue belongs to another connection alone. */
    LOCKED,
    /** Anything else; {@link RabbitmqRefusedException#text} tells. */
    OTHER
  }

  /** Why it refuses. */
  private final Reason reason;

  /** The reply code of AMQP. */
  private final int code;

  /** The broker's own words. */
  private final String text;

  /**
   * Creates the exception.
   *
   * @param asked what was asked, as in {@code delete charge at localhost:5672}
   * @param reason why it is refused
   * @param code the reply code of AMQP 0-9-1, such as 404
   * @param text the broker's own words
   * @param cause what the client said, null if nothing else is behind it
   */
  public RabbitmqRefusedException(
      String asked, Reason reason, int code, String text, @Nullable Throwable cause) {
    super("RabbitMQ refuses to " + asked + ": " + code + " " + text, cause);
    this.reason = reason;
    this.code = code;
    this.text = text;
  }

  /**
   * Tells why it refuses.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Gives the reply code of AMQP 0-9-1, section 1.2.
   *
   * @return such as 404
   */
  public int code() {
    return code;
  }

  /**
   * Gives the broker's own words.
   *
   * @return such as {@code NOT_FOUND - no queue 'charge' in vhost '/'}
   */
  public String text() {
    return text;
  }
}
