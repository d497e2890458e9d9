/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Secret;
import io.taskwire.spi.Settings;

/**
 * Who connects: whom the URI or the options name, the password from either, never one thing from both.
 *
 * @param user the name
 * @param password shown as stars
 */
public record Credentials(String user, Secret password) {

  private static final String GUEST = "guest";

  /**
   * Reads them.
   *
   * @throws InvalidOptionException if a user or a password is given twice, or one of them without the other
   */
  public static Credentials of(BrokerUri uri, Settings settings) {
    String userKey = TransportOptions.key(TransportOptions.USERNAME);
    String passwordKey = TransportOptions.key(TransportOptions.PASSWORD);
    String user = settings.get(TransportOptions.USERNAME);
    Secret password = settings.get(TransportOptions.PASSWORD);
    boolean passwordSet = !password.reveal().isEmpty();
    if (uri.user() != null) {
      if (!user.isEmpty()) {
        throw invalid(
            userKey,
            userKey + "=" + user + " names a user, and so does the URI " + uri
                + ": keep one of them");
      }
      user = uri.user();
    }
    Secret ofUri = uri.password();
    if (ofUri != null) {
      if (passwordSet) {
        throw invalid(
            passwordKey,
            passwordKey + " is set, and the URI " + uri + " has a password too: keep one of them");
      }
      return new Credentials(user, ofUri);
    }
    if (user.isEmpty() && passwordSet) {
      throw invalid(
          passwordKey,
          passwordKey + " is set, but nobody's name is: write " + userKey
              + ", or the user into the URI, as in amqp://user@host");
    }
    if (user.isEmpty()) {
      return new Credentials(GUEST, Secret.of(GUEST));
    }
    if (!passwordSet) {
      throw invalid(
          uri.user() == null ? userKey : CoreOptions.URL.key(),
          "the user " + user + " has no password: set " + passwordKey
              + ", or write it into the URI, as in amqp://user:password@host");
    }
    return new Credentials(user, password);
  }

  private static InvalidOptionException invalid(String key, String message) {
    return new InvalidOptionException(key, message, null);
  }
}
