/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import java.util.Map;

/** The end of a task that no worker has begun by its deadline. */
final class Expiry {

  static final Failure FAILURE = Failure.deadlinePassed();

  private Expiry() {}

  /** Whether a task is to be dropped; a header that is no number must not stop it. */
  static boolean hasPassed(Map<String, String> headers) {
    String expires = headers.get(Headers.EXPIRES);
    if (expires == null) {
      return false;
    }
    try {
      return System.currentTimeMillis() >= Long.parseLong(expires);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
