/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.taskwire.Backoff;
import io.taskwire.EnvelopeMode;
import io.taskwire.OnFailure;
import io.taskwire.TlsVerification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options that every queue has, whatever its transport. */
public final class CoreOptions {

  /** Where to. */
  public static final Option<String> URL = Option.text(
          "url", "", "a URI such as gearman://localhost:4730", "The broker's address.")
      .defaultInWords("memory:, with a warning in the log");

  /** The wait between attempts to connect. */
  public static final Option<Duration> RETRY = Option.durationOrOff(
      "retry",
      ofSeconds(5),
      ofMillis(1),
      ofDays(1),
      "How long to wait after a failed attempt to connect; off fails on the first.");

  /** How often connecting is tried. */
  public static final Option<Integer> RETRY_ATTEMPTS = Option.integer(
      "retryAttempts",
      0,
      0,
      1_000_000,
      "How many attempts to connect are made before giving up; 0 is for ever.");

  /** How the wait grows. */
  public static final Option<Backoff> RETRY_BACKOFF = Option.choice(
      "retryBackoff",
      Backoff.FIXED,
      "Whether the wait between attempts stays the same, or doubles each time with some randomness.");

  /** How far the wait grows. */
  public static final Option<Duration> RETRY_MAX = Option.duration(
      "retryMax",
      ofMinutes(1),
      ofMillis(1),
      ofDays(1),
      "The longest wait between attempts with retryBackoff=exponential.");

  /** The limit of one attempt to connect. */
  public static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
      "connectTimeout",
      ofSeconds(10),
      ofMillis(10),
      ofMinutes(10),
      "How long one attempt to connect may take, handshake included.");

  /** The limit of the wait for acceptance. */
  public static final Option<Duration> ACCEPT_TIMEOUT = Option.duration(
      "acceptTimeout",
      ofSeconds(30),
      ofMillis(1),
      ofDays(1),
      "How long a submit waits for the broker to accept the task.");

  /** The limit of the wait for a result. */
  public static final Option<Duration> RESULT_TIMEOUT = Option.durationOrOff(
      "resultTimeout",
      ofHours(1),
      ofMillis(1),
      ofDays(365),
      "How long a result is waited for, counted from acceptance, where the task has no timeout of its own.");

  /** Who a caller is across its restarts. */
  public static final Option<String> CLIENT_ID = Option.text(
      "clientId",
      Pattern.compile("[A-Za-z0-9_.-]{1,64}"),
      "1 to 64 letters, digits, dots, hyphens or underscores",
      "Names this caller across its restarts, so that results wait for it; only one live process may have the name.");

  /** How long a result waits for its caller. */
  public static final Option<Duration> RESULTS_KEPT = Option.duration(
      "resultsKept",
      ofHours(1),
      ofSeconds(1),
      ofDays(30),
      "With a clientId: how long a result that nobody has attached to is kept before it is dropped.");

  /** How many submits are unanswered at once. */
  public static final Option<Integer> MAX_IN_FLIGHT = Option.integer(
      "maxInFlight",
      4_096,
      1,
      1_000_000,
      "How many submits may be written and not yet accepted; further ones wait in order.");

  /** How many submits wait behind those. */
  public static final Option<Integer> MAX_PENDING = Option.integer(
      "maxPending",
      65_536,
      0,
      100_000_000,
      "How many submits may wait for their turn; further ones are rejected.");

  /** How many results are awaited at once. */
  public static final Option<Integer> MAX_AWAITING = Option.integer(
      "maxAwaiting",
      1_000_000,
      1,
      100_000_000,
      "How many results may be waited for; further submits are rejected.");

  /** The largest body. */
  public static final Option<Integer> MAX_PAYLOAD = Option.size(
      "maxPayload",
      64 << 20,
      1_024,
      1 << 30,
      "The largest body that is sent or taken; larger ones fail as too large.");

  /** How many blocking handlers of one name run at once. */
  public static final Option<Integer> CONCURRENCY = Option.integer(
          "concurrency",
          Math.max(1, Runtime.getRuntime().availableProcessors()),
          1,
          65_536,
          "How many tasks of one name a blocking handler runs at once.")
      .defaultInWords("the number of processors");

  /** How many asynchronous handlers of one name run at once. */
  public static final Option<Integer> ASYNC_CONCURRENCY = Option.integer(
      "asyncConcurrency",
      64,
      1,
      65_536,
      "How many tasks of one name an asynchronous handler runs at once.");

  /** The limit of a handler. */
  public static final Option<Duration> HANDLER_TIMEOUT = Option.durationOrOff(
          "handlerTimeout",
          Duration.ZERO,
          ofMillis(1),
          ofDays(365),
          "How long a handler may take for one task; then the task fails.")
      .defaultInWords("off; 25m on RabbitMQ");

  /** How often a task is tried. */
  public static final Option<Integer> MAX_ATTEMPTS = Option.integer(
      "maxAttempts", 5, 1, 1_000_000, "How often one task is tried, where the broker counts.");

  /** What becomes of failed tasks. */
  public static final Option<OnFailure> ON_FAILURE = Option.choice(
      "onFailure", OnFailure.DEAD_LETTER, "What becomes of a failed task for which nobody waits.");

  /** How long handlers may finish at close. */
  public static final Option<Duration> DRAIN_TIMEOUT = Option.duration(
      "drainTimeout",
      ofSeconds(30),
      Duration.ZERO,
      ofDays(1),
      "How long running handlers may finish when the queue closes.");

  /** How values travel. */
  public static final Option<String> SERIALIZER = Option.text(
      "serializer",
      "msgpack",
      "the name of a serializer on the class path",
      "How values are turned into bytes.");

  /** When bodies carry an envelope. */
  public static final Option<EnvelopeMode> ENVELOPE =
      Option.choice("envelope", EnvelopeMode.AUTO, "When bodies carry Taskwire's envelope.");

  /** Whether failures show where the task was submitted. */
  public static final Option<Boolean> CALL_SITES = Option.flag(
      "callSites",
      false,
      "Whether failures carry the stack of the submit as a suppressed exception; costs a microsecond or more a task.");

  /** The private key of the certificate that is shown to the broker. */
  public static final Option<String> KEY = Option.text(
      "key",
      "",
      "the path of a PEM file, not encrypted",
      "The private key of cert; with TLS schemes only.");

  /** The certificate that is shown to the broker. */
  public static final Option<String> CERT = Option.text(
      "cert",
      "",
      "the path of a PEM file",
      "The certificate to show to brokers that ask for one, with those of the authorities between; with TLS schemes"
          + " only.");

  /** Whom brokers' certificates must be signed by. */
  public static final Option<String> CA = Option.text(
          "ca",
          "",
          "the path of a PEM file",
          "The authorities that the broker's certificate must be signed by; with TLS schemes only.")
      .defaultInWords("those the JVM trusts");

  /** How far brokers' certificates are checked. */
  public static final Option<TlsVerification> VERIFY = Option.choice(
      "verify",
      TlsVerification.FULL,
      "Whether the broker's certificate must be of a trusted authority and for the host connected (full), or only the"
          + " first (ca), or neither (off); with TLS schemes only.");

  private static final List<Option<?>> ALL = List.of(
      URL,
      RETRY,
      RETRY_ATTEMPTS,
      RETRY_BACKOFF,
      RETRY_MAX,
      CONNECT_TIMEOUT,
      ACCEPT_TIMEOUT,
      RESULT_TIMEOUT,
      CLIENT_ID,
      RESULTS_KEPT,
      MAX_IN_FLIGHT,
      MAX_PENDING,
      MAX_AWAITING,
      MAX_PAYLOAD,
      CONCURRENCY,
      ASYNC_CONCURRENCY,
      HANDLER_TIMEOUT,
      MAX_ATTEMPTS,
      ON_FAILURE,
      DRAIN_TIMEOUT,
      SERIALIZER,
      ENVELOPE,
      CALL_SITES,
      KEY,
      CERT,
      CA,
      VERIFY);

  private static final Map<String, Option<?>> BY_KEY =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Option::key, option -> option));

  private CoreOptions() {}

  /**
   * Lists them.
   *
   * @return all options of this class, in the order of the documents
   */
  public static List<Option<?>> all() {
    return ALL;
  }

  /**
   * Finds one by its key.
   *
   * @param key in camel case, without prefix
   * @return the option, null if there is none
   */
  public static @Nullable Option<?> find(String key) {
    return BY_KEY.get(key);
  }
}
