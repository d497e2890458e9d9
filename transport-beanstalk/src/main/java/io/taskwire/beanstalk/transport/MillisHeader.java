/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import java.util.Map;

/** A header that is a number of milliseconds. */
final class MillisHeader {

  private MillisHeader() {}

  /** The number, or -1 if the header is absent or is none: a foreign header must not stop a task. */
  static long of(Map<String, String> headers, String name) {
    String text = headers.get(name);
    if (text == null) {
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
