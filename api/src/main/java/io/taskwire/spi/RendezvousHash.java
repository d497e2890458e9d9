/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of several peers for a key, the same in every process: the one with the highest score, unsigned. When a peer
 * goes away only its own keys move; when it comes back they return.
 */
public final class RendezvousHash {

  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private RendezvousHash() {}

  /**
   * Chooses the peer of a key.
   *
   * @param peers those there are now
   * @param address a peer's address, which must be written alike everywhere
   * @param key the key
   * @param <T> a peer
   * @return the one with the highest score, the first of several equal ones; null if there are none
   */
  public static <T> @Nullable T choose(
      Iterable<? extends T> peers, Function<? super T, String> address, String key) {
    T best = null;
    long highest = 0;
    for (T peer : peers) {
      long score = score(address.apply(peer), key);
      if (best == null || Long.compareUnsigned(score, highest) > 0) {
        best = peer;
        highest = score;
      }
    }
    return best;
  }

  /**
   * Scores one peer: FNV-1a over both texts, then mixed as by MurmurHash3's finalizer, since FNV alone hardly moves the high
   * bits for the last bytes.
   *
   * @param peer its address, which must be written alike everywhere
   * @param key the key
   * @return the score, to be compared unsigned
   */
  public static long score(String peer, String key) {
    long hash = fnv(fnv(FNV_START, peer) * FNV_PRIME, key);
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long fnv(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
