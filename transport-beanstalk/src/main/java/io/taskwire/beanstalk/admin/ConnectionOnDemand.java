/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.admin;

import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.BeanstalkConnector;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is needed and there is none. On the event loop. */
final class ConnectionOnDemand {

  private final HostPort host;
  private final BeanstalkConnector connector;
  private @Nullable Future<BeanstalkConnection> current;

  ConnectionOnDemand(HostPort host, BeanstalkConnector connector) {
    this.host = host;
    this.connector = connector;
  }

  Future<BeanstalkConnection> connection() {
    Future<BeanstalkConnection> connection = current;
    if (connection == null) {
      connection = connector.open(host);
      current = connection;
      connection
          .onFailure(refused -> current = null)
          .onSuccess(open -> open.closed().onComplete(ended -> current = null));
    }
    return connection;
  }

  /** One more, which the caller closes. */
  Future<BeanstalkConnection> another() {
    return connector.open(host);
  }
}
