/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.rabbitmq.connection.BrokerRefusal;
import io.taskwire.spi.BrokerConnectException;

/** A queue cannot be had as this side wants it. */
final class QueueRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int ACCESS_REFUSED = 403;
  private static final int NOT_FOUND = 404;
  private static final int RESOURCE_LOCKED = 405;
  private static final int PRECONDITION_FAILED = 406;
  private static final int NOT_IMPLEMENTED = 540;

  /** What the broker said. */
  private final BrokerRefusal refusal;

  private QueueRefusedException(String message, BrokerRefusal cause) {
    super(message, cause);
    this.refusal = cause;
  }

  /** What a refused declaration means; anything but a refusal is given back as it is. */
  static Throwable of(String name, QueueDeclaration declaration, String whom, Throwable cause) {
    if (!(cause instanceof BrokerRefusal refusal)) {
      return cause;
    }
    String queue = "the queue \"" + name + "\"";
    String text = switch (refusal.code()) {
      case ACCESS_REFUSED ->
        "user " + whom + " may not use " + queue + ": grant the permission, or use another";
      case NOT_FOUND ->
        queue + " is not there, and declare=passive makes none: make it, or leave that option out";
      case RESOURCE_LOCKED -> queue + " belongs to another connection alone: use another name";
      case PRECONDITION_FAILED -> mismatch(queue, declaration, refusal.text());
      default -> "RabbitMQ does not give " + queue;
    };
    return new QueueRefusedException(
        text + " (" + refusal.code() + " " + refusal.text() + ")", refusal);
  }

  private static String mismatch(String queue, QueueDeclaration declaration, String text) {
    QueueMismatch mismatch = QueueMismatch.parse(text);
    return mismatch == null
        ? queue + " cannot be declared with " + declaration
        : mismatch.explain(declaration);
  }

  /** Whether another attempt may help, without anybody changing an option here. */
  boolean mayPass() {
    return refusal.code() == NOT_FOUND || refusal.code() == RESOURCE_LOCKED;
  }

  /** Why a consumer is not possible, or no more. */
  static BrokerConnectException consuming(String taskName, String broker, Throwable cause) {
    if (!(cause instanceof BrokerRefusal refusal)) {
      return BrokerConnectException.of(broker, cause);
    }
    boolean retryable = refusal.code() != ACCESS_REFUSED && refusal.code() != NOT_IMPLEMENTED;
    return new BrokerConnectException(
        "RabbitMQ at " + broker + " has ended the consumer of \"" + taskName + "\": "
            + refusal.code() + " " + refusal.text(),
        retryable,
        cause);
  }
}
