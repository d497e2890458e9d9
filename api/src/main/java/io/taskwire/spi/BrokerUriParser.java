/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code scheme://user:password@host1:port1,host2/path?key=value} and {@code scheme:path?key=value}.
 * {@link java.net.URI} won't do: it has no host where there are two.
 *
 * <p>No error quotes the text, because a URI that can't be read may have its password anywhere. For the same reason an
 * {@code @} may stand in one place only: with an unescaped {@code /}, {@code ?} or {@code @} in a password, a part of it
 * would otherwise be read as host, path or option, and shown as such.
 */
final class BrokerUriParser {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  // Hyphen and underscore are in no key, but what has them can be shown with a hint at the right
  // one.
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private BrokerUriParser() {}

  static BrokerUri parse(String text) {
    try {
      return parseTrimmed(text.trim());
    } catch (IllegalArgumentException e) {
      // Without the cause: that of a number or charset error could quote what it stumbled over.
      throw new InvalidOptionException(
          CoreOptions.URL.key(), "The broker's URI can't be read: " + e.getMessage(), null);
    }
  }

  private static BrokerUri parseTrimmed(String text) {
    checkCharacters(text);
    int colon = text.indexOf(':');
    if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
      throw new IllegalArgumentException(
          "it must begin with a scheme, as gearman://localhost does");
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    int question = text.indexOf('?');
    String beforeQuery = text.substring(colon + 1, question < 0 ? text.length() : question);
    if (question >= 0 && question < colon) {
      throw new IllegalArgumentException(
          "it must begin with a scheme, as gearman://localhost does");
    }
    if (!beforeQuery.startsWith("//")) {
      requireNoAt(text);
      return new BrokerUri(
          scheme, null, null, List.of(), PercentCoding.decode(beforeQuery), query(text, question));
    }
    int slash = beforeQuery.indexOf('/', 2);
    String authority = beforeQuery.substring(2, slash < 0 ? beforeQuery.length() : slash);
    int at = authority.indexOf('@');
    requireNoAt(text.substring(colon + 3 + at + 1));
    String userInfo = at < 0 ? null : authority.substring(0, at);
    List<HostPort> hosts = HostList.parse(authority.substring(at + 1));
    String path = slash < 0 ? "" : PercentCoding.decode(beforeQuery.substring(slash + 1));
    return new BrokerUri(
        scheme, user(userInfo), password(userInfo), hosts, path, query(text, question));
  }

  private static void checkCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7F) {
        throw new IllegalArgumentException(
            "it has a blank or control character, which is written percent-encoded, such as %20");
      }
    }
    if (text.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a # in it is written %23");
    }
  }

  private static void requireNoAt(String text) {
    if (text.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "an @ stands only between the password and the hosts; elsewhere, as in the"
              + " password itself, @ is written %40, / is %2F, ? is %3F and % is %25");
    }
  }

  private static @Nullable String user(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    if (userInfo.isEmpty()) {
      throw new IllegalArgumentException("there is no user before the @");
    }
    int colon = userInfo.indexOf(':');
    return PercentCoding.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
  }

  private static @Nullable Secret password(@Nullable String userInfo) {
    int colon = userInfo == null ? -1 : userInfo.indexOf(':');
    return userInfo == null || colon < 0
        ? null
        : Secret.of(PercentCoding.decode(userInfo.substring(colon + 1)));
  }

  private static Map<String, String> query(String text, int question) {
    Map<String, String> query = new LinkedHashMap<>();
    if (question < 0 || question == text.length() - 1) {
      return Map.of();
    }
    for (String pair : text.substring(question + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("each option behind the ? is written key=value");
      }
      String key = pair.substring(0, equals);
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("an option's key has letters, digits and dots only");
      }
      if (query.putIfAbsent(key, PercentCoding.decode(pair.substring(equals + 1))) != null) {
        throw new IllegalArgumentException("the option " + key + " is given twice");
      }
    }
    return Collections.unmodifiableMap(query);
  }
}
