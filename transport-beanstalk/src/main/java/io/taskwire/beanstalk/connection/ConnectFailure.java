/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.MalformedReplyException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Tls;
import org.jspecify.annotations.Nullable;

/** Why a server cannot be had, and whether another attempt is worth it. */
public final class ConnectFailure {

  private ConnectFailure() {}

  /**
   * Judges what ended an attempt to connect, first answer included: with TLS 1.3 a refusal of this side's certificate comes
   * after the handshake, and so in place of that answer.
   */
  public static BrokerConnectException of(String server, @Nullable Tls tls, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof MalformedReplyException) {
        return notBeanstalkd(server, String.valueOf(at.getMessage()), cause);
      }
    }
    return tls == null ? BrokerConnectException.of(server, cause) : tls.failed(server, cause);
  }

  public static BrokerConnectException notBeanstalkd(
      String server, String what, @Nullable Throwable cause) {
    return new BrokerConnectException(
        server + " does not speak as beanstalkd does: " + what, false, cause);
  }
}
