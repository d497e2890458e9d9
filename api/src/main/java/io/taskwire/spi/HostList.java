/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.spi.BrokerUri.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code host:port,[v6]:port}. Errors are IllegalArgumentExceptions that say which host by its number and quote
 * nothing: who forgets the host in {@code user:password@host} has the password read as a port.
 */
final class HostList {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,252})");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private HostList() {}

  static List<HostPort> parse(String text) {
    List<HostPort> hosts = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      hosts.add(host(one, hosts.size() + 1));
    }
    return List.copyOf(hosts);
  }

  private static HostPort host(String text, int number) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw invalid(number, "has a bracket that is never closed");
      }
      String address = text.substring(1, end);
      if (!Ipv6.isAddress(address)) {
        throw invalid(number, "has no IPv6 address in its brackets");
      }
      return new HostPort(Ipv6.plain(address), port(text.substring(end + 1), number));
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (name.isEmpty()) {
      throw invalid(number, "is missing");
    }
    if (text.indexOf(':', colon + 1) > colon && colon >= 0) {
      throw invalid(number, "has more than one colon; an IPv6 address is written in brackets");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid(number, "is not a host name or address");
    }
    return new HostPort(name, port(colon < 0 ? "" : text.substring(colon), number));
  }

  private static int port(String text, int number) {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.charAt(0) == ':' && PORT.matcher(text.substring(1)).matches()) {
      int port = Integer.parseInt(text.substring(1));
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw invalid(number, "has a port that is not a number from 1 to 65535");
  }

  private static IllegalArgumentException invalid(int number, String what) {
    return new IllegalArgumentException("host number " + number + " " + what);
  }
}
