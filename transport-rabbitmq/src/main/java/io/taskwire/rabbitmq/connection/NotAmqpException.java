/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;

/** Whoever was connected is no AMQP broker. */
final class NotAmqpException extends IOException {

  private static final long serialVersionUID = 1L;

  NotAmqpException(String message) {
    super(message);
  }
}
