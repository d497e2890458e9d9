/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the bodies of {@link Reply.Ok}. They look like YAML but are plain lines: after {@code ---} either {@code key:
 * value}, where the value may hold a colon or stand in quotes, or {@code - item}.
 */
public final class StatsText {

  private StatsText() {}

  /**
   * The answer to {@code stats}, {@code stats-job}, {@code stats-tube}.
   *
   * @param body the body of the reply
   * @return values by key in the order of the lines, without quotes; lines of another shape are left out
   */
  public static Map<String, String> map(Buffer body) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String line : lines(body)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        map.put(line.substring(0, colon), unquoted(line.substring(colon + 2)));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /**
   * The answer to {@code list-tubes} and {@code list-tubes-watched}.
   *
   * @param body the body of the reply
   * @return the items in the order of the lines; lines of another shape are left out
   */
  public static List<String> list(Buffer body) {
    List<String> list = new ArrayList<>();
    for (String line : lines(body)) {
      if (line.startsWith("- ")) {
        list.add(line.substring(2));
      }
    }
    return Collections.unmodifiableList(list);
  }

  private static List<String> lines(Buffer body) {
    return body.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
