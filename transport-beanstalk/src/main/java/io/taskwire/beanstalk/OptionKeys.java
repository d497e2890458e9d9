/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.spi.ClientKind;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import java.time.Duration;
import java.util.List;

/** The options that may stand in the query of a URI. */
final class OptionKeys {

  static final Option<Duration> REQUEST_TIMEOUT = Option.duration(
      "requestTimeout",
      Duration.ofSeconds(30),
      Duration.ofMillis(1),
      Duration.ofDays(1),
      "How long a request waits for a server, and how long a server may be silent while it owes an answer.");

  static final Option<Integer> MAX_PIPELINED = Option.integer(
      "maxPipelined",
      65_536,
      1,
      100_000_000,
      "How many commands of one connection may be unanswered at once; one more fails.");

  static final Option<Integer> WAITING_CONNECTIONS = Option.integer(
      "waitingConnections",
      0,
      0,
      256,
      "How many further connections a client may open to wait for jobs, so that other commands go on meanwhile.");

  private static final List<Option<?>> ALL = List.of(
      CoreOptions.RETRY,
      CoreOptions.RETRY_ATTEMPTS,
      CoreOptions.RETRY_BACKOFF,
      CoreOptions.RETRY_MAX,
      CoreOptions.CONNECT_TIMEOUT,
      REQUEST_TIMEOUT,
      CoreOptions.MAX_IN_FLIGHT,
      CoreOptions.MAX_PENDING,
      CoreOptions.MAX_PAYLOAD,
      MAX_PIPELINED,
      WAITING_CONNECTIONS,
      CoreOptions.KEY,
      CoreOptions.CERT,
      CoreOptions.CA,
      CoreOptions.VERIFY);

  /** What the URIs of beanstalkd's clients are like. */
  static final ClientKind KIND = new ClientKind(
      "beanstalkd", "beanstalk", BeanstalkOptions.DEFAULT_PORT, ALL, "BeanstalkOptions");

  private OptionKeys() {}
}
