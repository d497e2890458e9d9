/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.vertx.core.Future;

/** Where the connections of a {@link ReserveLoop} come from: all lead to the same broker. */
public interface ConnectionSource {

  /** Opens one more connection. */
  Future<BeanstalkConnection> open();

  /** Names the broker, for messages. */
  String broker();
}
