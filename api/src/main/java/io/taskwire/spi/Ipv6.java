/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.regex.Pattern;

/** Tells IPv6 addresses (RFC 4291, section 2.2, with the zone of RFC 6874) from other text, without asking a resolver. */
final class Ipv6 {

  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern BYTE = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final int GROUPS = 8;

  private Ipv6() {}

  static boolean isAddress(String text) {
    int zone = text.indexOf('%');
    if (zone >= 0 && !ZONE.matcher(text.substring(zone + 1)).matches()) {
      return false;
    }
    String address = zone < 0 ? text : text.substring(0, zone);
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address, true) == GROUPS;
    }
    String before = address.substring(0, gap);
    String after = address.substring(gap + 2);
    int first = before.isEmpty() ? 0 : groups(before, false);
    int last = after.isEmpty() ? 0 : groups(after, true);
    return first >= 0 && last >= 0 && first + last < GROUPS;
  }

  /** The address with its zone as the socket layer takes it: in a URI the percent sign is written {@code %25}. */
  static String plain(String address) {
    int zone = address.indexOf('%');
    boolean escaped =
        zone >= 0 && address.startsWith("25", zone + 1) && address.length() > zone + 3;
    return escaped ? address.substring(0, zone + 1) + address.substring(zone + 3) : address;
  }

  /** How many groups the text has, an IPv4 tail counting as two; -1 if one of them is not a group. */
  private static int groups(String text, boolean ipv4Tail) {
    String[] parts = text.split(":", -1);
    int count = parts.length;
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        continue;
      }
      if (!ipv4Tail || i < parts.length - 1 || !isIpv4(parts[i])) {
        return -1;
      }
      count++;
    }
    return count;
  }

  private static boolean isIpv4(String text) {
    String[] bytes = text.split("\\.", -1);
    for (String one : bytes) {
      if (!BYTE.matcher(one).matches()) {
        return false;
      }
    }
    return bytes.length == 4;
  }
}
