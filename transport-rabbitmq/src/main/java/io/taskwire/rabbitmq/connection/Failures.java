/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.MissedHeartbeatException;
import com.rabbitmq.client.ProtocolVersionMismatchException;
import com.rabbitmq.client.ShutdownSignalException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Tls;
import java.io.EOFException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Puts into words what amqp-client says, and judges whether another attempt to connect is worth it. */
final class Failures {

  private final String broker;
  private final String user;
  private final @Nullable Tls tls;

  Failures(ConnectionOptions options) {
    broker = options.broker();
    user = options.user();
    tls = options.tls();
  }

  /** Why there is no connection. */
  BrokerConnectException connecting(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof BrokerConnectException known) {
        return known;
      }
      if (at instanceof NotAmqpException
          || at instanceof MalformedFrameException
          || at instanceof ProtocolVersionMismatchException) {
        return cannot(String.valueOf(at.getMessage()), false, cause);
      }
      if (at instanceof AuthenticationFailureException) {
        return cannot(
            "RabbitMQ refuses the user " + user + ", or the password (" + at.getMessage() + ")",
            false,
            cause);
      }
      BrokerRefusal refusal = refusal(at);
      if (refusal != null) {
        return cannot("RabbitMQ refuses it: " + refusal.text(), isPassing(refusal), refusal);
      }
      if (at instanceof TimeoutException) {
        return cannot("it did not answer in time", true, cause);
      }
    }
    return tls == null ? BrokerConnectException.of(broker, cause) : tls.failed(broker, cause);
  }

  private BrokerConnectException cannot(String why, boolean retryable, Throwable cause) {
    return new BrokerConnectException("cannot connect to " + broker + ": " + why, retryable, cause);
  }

  /** Why there is no connection any more. */
  BrokerConnectException lost(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof BrokerConnectException known) {
        return known;
      }
      BrokerRefusal refusal = refusal(at);
      if (refusal != null) {
        return lost("RabbitMQ closed it: " + refusal.text(), isPassing(refusal), refusal);
      }
      if (at instanceof MissedHeartbeatException) {
        return lost("it gave no sign of life for two heartbeats", true, cause);
      }
      if (at instanceof EOFException) {
        return lost("the broker closed it", true, cause);
      }
      if (at.getCause() == null && tls != null) {
        return tls.lost(broker, at);
      }
    }
    return lost(text(cause), true, cause);
  }

  BrokerConnectException lost(String why, boolean retryable, @Nullable Throwable cause) {
    return new BrokerConnectException(
        "the connection to " + broker + " is lost: " + why, retryable, cause);
  }

  /** Why something has failed that was asked on a channel; the failure itself if neither broker nor connection is the reason. */
  Throwable asking(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof ShutdownSignalException signal && signal.isHardError()) {
        return lost(signal);
      }
      BrokerRefusal refusal = refusal(at);
      if (refusal != null) {
        return refusal;
      }
    }
    return cause;
  }

  /** What the broker has closed a channel or the connection with, null if it was not the broker. */
  static @Nullable BrokerRefusal refusal(Throwable cause) {
    if (!(cause instanceof ShutdownSignalException signal) || signal.isInitiatedByApplication()) {
      return null;
    }
    Method reason = signal.getReason();
    if (reason instanceof AMQP.Channel.Close close) {
      return new BrokerRefusal(close.getReplyCode(), close.getReplyText());
    }
    if (reason instanceof AMQP.Connection.Close close) {
      return new BrokerRefusal(close.getReplyCode(), close.getReplyText());
    }
    return null;
  }

  /** Whether the broker may think otherwise later; it will not where it forbids something, or lacks it. */
  private static boolean isPassing(BrokerRefusal refusal) {
    return switch (refusal.code()) {
      case AMQP.INVALID_PATH, AMQP.ACCESS_REFUSED, AMQP.NOT_IMPLEMENTED -> false;
      // No such virtual host, none for this user; or too many connections, now.
      case AMQP.NOT_ALLOWED -> refusal.text().contains("limit");
      default -> true;
    };
  }

  private static String text(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text = deepest.getMessage();
    return text == null || text.isEmpty() ? deepest.getClass().getSimpleName() : text;
  }
}
