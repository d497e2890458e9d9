/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.admin;

import com.rabbitmq.client.AMQP;
import io.taskwire.rabbitmq.RabbitmqConnectionException;
import io.taskwire.rabbitmq.RabbitmqException;
import io.taskwire.rabbitmq.RabbitmqRefusedException;
import io.taskwire.rabbitmq.RabbitmqRefusedException.Reason;
import io.taskwire.rabbitmq.connection.BrokerRefusal;
import io.taskwire.spi.BrokerConnectException;

/** Tells what went wrong in the words of the admin. */
final class AdminFailures {

  private AdminFailures() {}

  /** Why something asked, as in {@code purge charge at localhost:5672}, was not done. */
  static RabbitmqException of(String asked, Throwable cause) {
    if (cause instanceof RabbitmqException known) {
      return known;
    }
    if (cause instanceof BrokerRefusal refusal) {
      return new RabbitmqRefusedException(
          asked, reason(refusal), refusal.code(), refusal.text(), refusal);
    }
    if (cause instanceof BrokerConnectException) {
      return new RabbitmqConnectionException(String.valueOf(cause.getMessage()), cause);
    }
    return new RabbitmqException("cannot " + asked + ": " + cause.getMessage(), cause);
  }

  private static Reason reason(BrokerRefusal refusal) {
    return switch (refusal.code()) {
      case AMQP.NOT_FOUND -> Reason.NO_SUCH_QUEUE;
      case AMQP.ACCESS_REFUSED -> Reason.ACCESS_REFUSED;
      case AMQP.RESOURCE_LOCKED -> Reason.LOCKED;
      // One code for both; only the words differ.
      case AMQP.PRECONDITION_FAILED ->
        refusal.text().endsWith("in use")
            ? Reason.IN_USE
            : refusal.text().endsWith("not empty") ? Reason.NOT_EMPTY : Reason.OTHER;
      default -> Reason.OTHER;
    };
  }
}
