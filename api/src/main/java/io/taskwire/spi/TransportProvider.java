/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.Capabilities;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Finds a transport by the scheme of a URI; registered with {@link java.util.ServiceLoader}. */
public interface TransportProvider {

  /**
   * Names the transport, as error messages and tables do.
   *
   * @return such as {@code gearman}; also the prefix of its options, {@code taskwire.gearman.…}
   */
  String name();

  /**
   * Lists the URI schemes.
   *
   * @return such as {@code gearman} and {@code gearmans}
   */
  Set<String> schemes();

  /**
   * Tells which of the schemes mean encrypted connections. With the others the options of TLS are refused, and {@link
   * TransportContext#tls()} is null.
   *
   * @return such as {@code gearmans}; by default none
   */
  default Set<String> tlsSchemes() {
    return Set.of();
  }

  /**
   * Lists the options that only this transport reads, keys without prefix.
   *
   * @return the options
   */
  List<Option<?>> options();

  /**
   * Tells what the transport can do at best; a session may report less.
   *
   * @return each feature with how it is had
   */
  Capabilities capabilities();

  /**
   * Tells whether progress and partial data reach a caller with a {@link CoreOptions#CLIENT_ID}.
   *
   * @return false if listening for them is refused there
   */
  default boolean reportsToDurableCallers() {
    return false;
  }

  /**
   * Tells how long a handler may take where nobody says otherwise: for brokers that take a task away from a worker that
   * has been silent about it for too long.
   *
   * @return the default of {@link CoreOptions#HANDLER_TIMEOUT} on this transport, zero for no limit
   */
  default Duration handlerTimeout() {
    return Duration.ZERO;
  }

  /**
   * Tells which port a host has for which none is written. Of use where there are several hosts only, which must have the
   * same names everywhere.
   *
   * @return the port, 0 if there is none
   */
  default int defaultPort() {
    return 0;
  }

  /**
   * Makes the transport of one queue to one host. Nothing is connected yet, nothing blocks. With {@link
   * io.taskwire.Feature#SEVERAL_HOSTS} in the capabilities a queue whose URI has several hosts makes one for each, all with
   * the same {@link TransportContext#instanceId()} and the same event loop; without it such a URI is refused before.
   *
   * @param context what the transport works with
   * @return the transport
   * @throws io.taskwire.InvalidOptionException if the URI or the options do not fit the transport
   */
  Transport create(TransportContext context);
}
