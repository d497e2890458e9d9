/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.spi.ClientKind;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The options that may stand in the query of a URI. */
final class OptionKeys {

  static final Option<Duration> HEARTBEAT = Option.duration(
      "heartbeat",
      Duration.ofSeconds(10),
      Duration.ofMillis(10),
      Duration.ofHours(1),
      "How often a server is asked for an answer; one silent for three times as long is given up.");

  static final Option<Duration> REQUEST_TIMEOUT = Option.duration(
      "requestTimeout",
      Duration.ofSeconds(30),
      Duration.ofMillis(1),
      Duration.ofDays(1),
      "How long a request waits for a server and for its answer.");

  static final Option<Duration> RESULT_TIMEOUT = CoreOptions.RESULT_TIMEOUT;

  static final Option<String> NAMESPACE = Option.text(
      "namespace",
      Pattern.compile("[^\\x00]*"),
      "any text without NUL",
      "What is put in front of each function's name.");

  static final Option<String> CLIENT_ID = Option.text(
      "clientId",
      Pattern.compile("[!-~]+"),
      "printable ASCII without blanks",
      "What a server's list of workers calls this one.");

  static final Option<ServerSelection> SELECTION = Option.choice(
      "selection", ServerSelection.ROUND_ROBIN, "Which of several servers a job is given to.");

  static final Option<Integer> STREAM_BUFFER = Option.size(
      "streamBuffer",
      64 << 10,
      1,
      1 << 30,
      "How many bytes of a job's data, and of its warnings, are kept for a reader that is slow or not there yet.");

  private static final List<Option<?>> ALL = List.of(
      CoreOptions.RETRY,
      CoreOptions.RETRY_ATTEMPTS,
      CoreOptions.RETRY_BACKOFF,
      CoreOptions.RETRY_MAX,
      CoreOptions.CONNECT_TIMEOUT,
      HEARTBEAT,
      REQUEST_TIMEOUT,
      RESULT_TIMEOUT,
      CoreOptions.MAX_IN_FLIGHT,
      CoreOptions.MAX_PENDING,
      CoreOptions.MAX_AWAITING,
      CoreOptions.MAX_PAYLOAD,
      STREAM_BUFFER,
      NAMESPACE,
      CLIENT_ID,
      SELECTION,
      CoreOptions.KEY,
      CoreOptions.CERT,
      CoreOptions.CA,
      CoreOptions.VERIFY);

  /** What the URIs of Gearman's clients are like. */
  static final ClientKind KIND =
      new ClientKind("Gearman", "gearman", GearmanOptions.DEFAULT_PORT, ALL, "GearmanOptions");

  private OptionKeys() {}
}
