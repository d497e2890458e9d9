/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options that may stand in the query of a URI, and how it is read. */
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
      "namespace", "", "any text without NUL", "What is put in front of each function's name.");

  static final Option<String> CLIENT_ID = Option.text(
      "clientId",
      "",
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

  static final List<Option<?>> ALL = List.of(
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

  private static final Set<Option<?>> TLS_ONLY =
      Set.of(CoreOptions.KEY, CoreOptions.CERT, CoreOptions.CA, CoreOptions.VERIFY);

  private OptionKeys() {}

  /** Reads a URI, and refuses what has no meaning on Gearman. */
  static BrokerUri address(String text) {
    BrokerUri uri = BrokerUri.parse(text);
    if (!uri.scheme().equals("gearman") && !uri.scheme().equals("gearmans")) {
      throw invalid(uri, "begins neither with gearman:// nor with gearmans://");
    }
    if (uri.user() != null || uri.password() != null) {
      throw invalid(uri, "has a user, but Gearman knows no users: leave it out");
    }
    if (!uri.path().isEmpty()) {
      throw invalid(uri, "has a path, but Gearman has nothing to address by it: leave it out");
    }
    return uri;
  }

  private static InvalidOptionException invalid(BrokerUri uri, String what) {
    return new InvalidOptionException("url", "the URI " + uri + " " + what, null);
  }

  /** The files named; refuses what does not belong together. */
  static TlsFiles tlsFiles(GearmanOptions options) {
    return new TlsFiles(
        path(options, CoreOptions.KEY),
        path(options, CoreOptions.CERT),
        path(options, CoreOptions.CA),
        options.get(CoreOptions.VERIFY));
  }

  private static @Nullable Path path(GearmanOptions options, Option<String> option) {
    String text = options.get(option);
    return text.isEmpty() ? null : Path.of(text);
  }

  /** Writes options as a URI; no secret. */
  static String write(String scheme, List<HostPort> hosts, Map<Option<?>, Object> values) {
    String query = ALL.stream()
        .filter(values::containsKey)
        .map(option -> option.key() + "=" + shown(option, values.get(option)))
        .collect(Collectors.joining("&"));
    return hosts.stream()
            .map(HostPort::toString)
            .collect(Collectors.joining(",", scheme, query.isEmpty() ? "" : "?"))
        + query;
  }

  // The builder checks that each value is of its option's type.
  @SuppressWarnings("unchecked")
  private static <T> String shown(Option<T> option, @Nullable Object value) {
    return value == null ? "" : option.show((T) value);
  }

  /** Sets in a builder what the query of a URI says. */
  static void read(BrokerUri uri, GearmanOptions.Builder into) {
    for (Map.Entry<String, String> entry : uri.query().entrySet()) {
      Option<?> option = find(entry.getKey());
      if (TLS_ONLY.contains(option) && !uri.scheme().equals("gearmans")) {
        throw new InvalidOptionException(
            option.key(),
            "Option '" + option.key() + "' (URI) is for TLS: write gearmans:// in place of "
                + uri.scheme() + "://.",
            null);
      }
      parse(option, entry.getValue(), into);
    }
  }

  private static Option<?> find(String key) {
    for (Option<?> option : ALL) {
      if (option.key().equals(key)) {
        return option;
      }
    }
    String known = ALL.stream().map(Option::key).collect(Collectors.joining(", "));
    String near = ALL.stream()
        .map(Option::key)
        .filter(other -> other.equalsIgnoreCase(key.replace("-", "").replace("_", "")))
        .findFirst()
        .orElse(null);
    throw new InvalidOptionException(
        key,
        "Unknown option '" + key + "' (URI). "
            + (near == null ? "Known: " + known + "." : "Did you mean " + near + "?"),
        near);
  }

  private static <T> void parse(Option<T> option, String text, GearmanOptions.Builder into) {
    try {
      into.put(option, option.parse(text));
    } catch (InvalidOptionException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw invalid(option, "URI", text, String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong with a text that the option's type lets pass, null if nothing is. */
  static @Nullable String refuse(Option<?> option, Object value) {
    if (option == NAMESPACE && value.toString().indexOf('\0') >= 0) {
      return "it holds a NUL";
    }
    if (option == CLIENT_ID && !value.toString().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return "it would make a server's list unreadable";
    }
    return null;
  }

  static InvalidOptionException invalid(
      Option<?> option, String source, String value, String reason) {
    String shown = option.isSecret() ? "a value that is not shown" : "the value '" + value + "'";
    return new InvalidOptionException(
        option.key(),
        "Option '" + option.key() + "' (" + source + ") can't have " + shown + ": " + reason
            + ". Valid: " + option.values() + ".",
        null);
  }
}
