/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

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
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return port == 0 ? shown : shown + ":" + port;
    }
  }

  @Override
  public String toString() {
    if (hosts.isEmpty()) {
      return scheme + ":" + path;
    }
    String credentials = user == null ? "" : user + (password == null ? "@" : ":***@");
    return scheme
        + "://"
        + credentials
        + hosts.stream().map(HostPort::toString).collect(Collectors.joining(","))
        + (path.isEmpty() ? "" : "/" + path);
  }
}
