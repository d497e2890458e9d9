/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.spi.Ticker;
import io.vertx.core.Future;

/** Where the connections of a {@link ReserveLoop} come from: all lead to the same broker. */
public interface ConnectionSource {

  /** Opens one more connection. */
  Future<BeanstalkConnection> open();

  /** Ticks where leases are to be kept; one {@link ReserveLoop#leaseTicker} for all loops of this source. */
  Ticker leases();

  /** Names the broker, for messages. */
  String broker();
}
