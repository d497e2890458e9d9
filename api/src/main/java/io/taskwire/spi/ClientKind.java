/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the options of all clients of a broker have in common, where a client library stands beside the transport.
 *
 * @param broker its name in messages, such as {@code Gearman}
 * @param scheme of its URIs, such as {@code gearman}; with TLS an {@code s} follows
 * @param defaultPort the port of a host that is written without
 * @param options what may stand in the query of a URI, in the order in which it is written
 * @param builder what sets them otherwise, as messages name it: {@code GearmanOptions}
 * @param hostsOnly whether the broker knows neither users nor paths, so that a URI with one is refused
 */
public record ClientKind(
    String broker,
    String scheme,
    int defaultPort,
    List<Option<?>> options,
    String builder,
    boolean hostsOnly) {

  private static final Set<Option<?>> TLS_ONLY =
      Set.of(CoreOptions.KEY, CoreOptions.CERT, CoreOptions.CA, CoreOptions.VERIFY);

  /**
   * Keeps a copy of the options.
   *
   * @param broker its name in messages
   * @param scheme of its URIs
   * @param defaultPort the port of a host that is written without
   * @param options what may stand in the query of a URI
   * @param builder what sets them otherwise
   * @param hostsOnly whether the broker knows neither users nor paths
   */
  public ClientKind {
    options = List.copyOf(options);
  }

  /**
   * For a broker that knows neither users nor paths.
   *
   * @param broker its name in messages
   * @param scheme of its URIs
   * @param defaultPort the port of a host that is written without
   * @param options what may stand in the query of a URI
   * @param builder what sets them otherwise
   */
  public ClientKind(
      String broker, String scheme, int defaultPort, List<Option<?>> options, String builder) {
    this(broker, scheme, defaultPort, options, builder, true);
  }

  String scheme(boolean tls) {
    return tls ? scheme + "s" : scheme;
  }

  /** Reads a URI, and refuses what has no meaning for the broker. */
  BrokerUri address(String text) {
    BrokerUri uri = BrokerUri.parse(text);
    if (!uri.scheme().equals(scheme) && !isTls(uri)) {
      throw new InvalidOptionException(
          CoreOptions.URL.key(),
          "the URI " + uri + " begins neither with " + scheme + ":// nor with " + scheme(true)
              + "://",
          null);
    }
    return hostsOnly ? uri.requireHostsOnly(broker) : uri;
  }

  boolean isTls(BrokerUri uri) {
    return uri.scheme().equals(scheme(true));
  }

  void requireKnown(Option<?> option) {
    if (!options.contains(option)) {
      throw new IllegalArgumentException("no option of a client of " + broker + ": " + option);
    }
  }

  /** The option of a key in a URI. */
  Option<?> find(String key, BrokerUri uri) {
    for (Option<?> option : options) {
      if (option.key().equals(key)) {
        if (TLS_ONLY.contains(option) && !isTls(uri)) {
          throw new InvalidOptionException(
              key,
              "Option '" + key + "' (URI) is for TLS: write " + scheme(true) + ":// in place of "
                  + scheme + "://.",
              null);
        }
        return option;
      }
    }
    String near = nearest(key);
    String known = options.stream().map(Option::key).collect(Collectors.joining(", "));
    throw new InvalidOptionException(
        key,
        "Unknown option '" + key + "' (URI). "
            + (near == null ? "Known: " + known + "." : "Did you mean " + near + "?"),
        near);
  }

  private @Nullable String nearest(String key) {
    String plain = key.replace("-", "").replace("_", "");
    return options.stream()
        .map(Option::key)
        .filter(other -> other.equalsIgnoreCase(plain))
        .findFirst()
        .orElse(null);
  }

  /** Writes options as a URI; no secret. */
  String write(boolean tls, List<HostPort> hosts, Map<Option<?>, Object> values) {
    String authority = hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    String query = options.stream()
        .filter(values::containsKey)
        .map(option -> option.key() + "=" + shown(option, values.get(option)))
        .collect(Collectors.joining("&"));
    return scheme(tls) + "://" + authority + (query.isEmpty() ? "" : "?" + query);
  }

  private static <T> String shown(Option<T> option, @Nullable Object value) {
    return value == null ? "" : option.show(option.cast(value));
  }
}
