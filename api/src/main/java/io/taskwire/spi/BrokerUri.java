/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of a broker, or of several alike: {@code scheme://user:password@host1:port1,host2/path?key=value}. Its
 * {@link #toString()} has no password and no query.
 *
 * @param scheme in lower case, such as {@code gearman}
 * @param user null if there is none
 * @param password null if there is none
 * @param hosts in the order written; empty for schemes without hosts, such as {@code memory:}
 * @param path what follows the hosts without its leading slash, or what follows {@code memory:}; may be empty
 * @param query the options written in the URI, in their order
 */
public record BrokerUri(
    String scheme,
    @Nullable String user,
    @Nullable Secret password,
    List<HostPort> hosts,
    String path,
    Map<String, String> query) {

  /**
   * One host.
   *
   * @param host a name, an IPv4 address, or an IPv6 address without brackets
   * @param port 1 to 65,535, or 0 for the transport's default
   */
  public record HostPort(String host, int port) {

    /**
     * The same with a port in any case.
     *
     * @param defaultPort the port to use where none was written
     * @return a host with a port
     */
    public HostPort withDefaultPort(int defaultPort) {
      return port == 0 ? new HostPort(host, defaultPort) : this;
    }

    @Override
    public String toString() {
      String shown = host.indexOf(':') >= 0 ? "[" + host.replace("%", "%25") + "]" : host;
      return port == 0 ? shown : shown + ":" + port;
    }
  }

  /**
   * Reads a URI. User, password, path and values are percent-decoded; an {@code @} in any of them is written {@code %40}.
   *
   * @param text such as {@code gearman://h1:4730,[::1]:4730?retry=10s} or {@code memory:orders}
   * @return its parts
   * @throws InvalidOptionException if it can't be read; the message says why and quotes nothing of it that
   *     could be a password
   */
  public static BrokerUri parse(String text) {
    return BrokerUriParser.parse(text);
  }

  /**
   * Gives the hosts for a transport that needs them.
   *
   * @param defaultPort the port to use where none was written
   * @return at least one host, each with a port
   * @throws InvalidOptionException if there is none
   */
  public List<HostPort> requireHosts(int defaultPort) {
    if (hosts.isEmpty()) {
      throw new InvalidOptionException(
          CoreOptions.URL.key(),
          "The broker's URI has no host: write " + scheme + "://host or " + scheme + "://host:"
              + defaultPort,
          null);
    }
    return hosts.stream().map(host -> host.withDefaultPort(defaultPort)).toList();
  }

  /**
   * Refuses a user and a path, for brokers that know neither.
   *
   * @param broker its name in the message, such as {@code Gearman}
   * @return this
   * @throws InvalidOptionException if there is a user, a password or a path
   */
  public BrokerUri requireHostsOnly(String broker) {
    if (user != null || password != null) {
      throw invalid("has a user, but " + broker + " knows no users: leave it out");
    }
    if (!path.isEmpty()) {
      throw invalid("has a path, but " + broker + " has nothing to address by it: leave it out");
    }
    return this;
  }

  private InvalidOptionException invalid(String what) {
    return new InvalidOptionException(CoreOptions.URL.key(), "the URI " + this + " " + what, null);
  }

  /**
   * The same with one host.
   *
   * @param host the only one
   * @return another URI
   */
  public BrokerUri withHost(HostPort host) {
    return new BrokerUri(scheme, user, password, List.of(host), path, query);
  }

  @Override
  public String toString() {
    if (hosts.isEmpty()) {
      return scheme + ":" + PercentCoding.encode(path, "/");
    }
    String name = user == null ? "" : PercentCoding.encode(user, "");
    String credentials = user == null ? "" : name + (password == null ? "@" : ":***@");
    return scheme
        + "://"
        + credentials
        + hosts.stream().map(HostPort::toString).collect(Collectors.joining(","))
        + (path.isEmpty() ? "" : "/" + PercentCoding.encode(path, "/"));
  }
}
