/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses which key was meant by one that does not exist. */
final class NearestKey {

  /** What is longer is no slip of the finger, and would cost time. */
  private static final int LONGEST = 100;

  /** Not part of the length that the number of changes is measured by. */
  private static final Pattern PREFIX = Pattern.compile("^(taskwire\\.|TASKWIRE_)");

  private NearestKey() {}

  /**
   * The candidate with the fewest letters to change, if they are few: one in a short key, a quarter of a long one. Case,
   * hyphens and underscores don't count, nor does a missing or wrong prefix.
   */
  static @Nullable String to(String key, Collection<String> candidates) {
    if (key.length() > LONGEST) {
      return null;
    }
    String nearest = nearest(normalized(key), candidates, false);
    return nearest != null ? nearest : nearest(lastPart(key), candidates, true);
  }

  private static @Nullable String nearest(
      String key, Collection<String> candidates, boolean lastPartOnly) {
    String nearest = null;
    int least = Math.max(1, key.length() / 4) + 1;
    for (String candidate : candidates) {
      int distance = distance(key, lastPartOnly ? lastPart(candidate) : normalized(candidate));
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static String lastPart(String key) {
    return normalized(key.substring(key.lastIndexOf('.') + 1));
  }

  private static String normalized(String key) {
    return PREFIX
        .matcher(key)
        .replaceFirst("")
        .replace("-", "")
        .replace("_", "")
        .toLowerCase(Locale.ROOT);
  }

  /** Letters inserted, removed, replaced, or exchanged with their neighbour (optimal string alignment). */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
