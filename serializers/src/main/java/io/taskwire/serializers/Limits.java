/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

/**
 * What a decoder accepts at most. The size of the whole is limited by the transport's {@code maxPayload}; every length
 * inside is checked against the bytes that are there before memory is taken for it.
 *
 * @param maxDepth how many arrays, maps or objects may be nested; the same limit holds when encoding, where it also
 *     ends a structure that contains itself. At least 1
 * @param maxValues how many values one payload may hold, keys and containers included: an empty map is one byte on the
 *     wire and some 60 in memory. At least 1
 */
public record Limits(int maxDepth, int maxValues) {

  /** A depth of 256 and ten million values. */
  public static final Limits DEFAULT = new Limits(256, 10_000_000);

  /**
   * Checks that both limits are at least 1.
   *
   * @param maxDepth how many containers may be nested
   * @param maxValues how many values one payload may hold
   */
  public Limits {
    if (maxDepth < 1 || maxValues < 1) {
      throw new IllegalArgumentException(
          "maxDepth " + maxDepth + " and maxValues " + maxValues + " must be at least 1");
    }
  }
}
