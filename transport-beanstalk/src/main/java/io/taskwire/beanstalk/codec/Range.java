/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

/** The numbers that the broker takes; a put with any other gets two replies and puts the stream out of step. */
final class Range {

  static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private Range() {}

  static void check(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is " + min + " to " + max + ", not " + value);
    }
  }

  static void checkId(long id) {
    check("a job id", id, 0, Long.MAX_VALUE);
  }
}
