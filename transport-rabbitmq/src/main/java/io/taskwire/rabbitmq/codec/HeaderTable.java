/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.LongString;
import io.taskwire.spi.Headers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers in AMQP's table. A user's header {@code x-NAME} is {@code NAME} there, so that other programs see the name that
 * was written, unless RabbitMQ or this library read meaning into it: then, and for every other header, {@code tw-} stands
 * in front.
 */
final class HeaderTable {

  static final String OWN = "tw-";

  /** RabbitMQ's own, such as {@code x-death}. */
  private static final String BROKER = "x-";

  /** What is left of a frame of 128 KiB, RabbitMQ's default, for the table beside all other properties. */
  static final int MAX_BYTES = 120 * 1024;

  private static final int BYTES_BESIDE_A_TEXT = 6;

  private HeaderTable() {}

  /**
   * Writes headers.
   *
   * @throws IllegalArgumentException if a name or all of them together are too long
   */
  static @Nullable Map<String, Object> encode(Map<String, String> headers) {
    Map<String, Object> table = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equals(Headers.SERIALIZER)) {
        continue; // the content type
      }
      String name = ShortText.check("header's name", name(header.getKey()));
      table.put(name, header.getValue());
      bytes += BYTES_BESIDE_A_TEXT + utf8(name) + utf8(header.getValue());
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException("the headers take " + bytes + " bytes, AMQP's frames hold "
          + MAX_BYTES + " of them: send what is large in the payload");
    }
    return table.isEmpty() ? null : table;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String name(String header) {
    if (!header.startsWith(Headers.USER)) {
      return OWN + header;
    }
    String name = header.substring(Headers.USER.length());
    return name.isEmpty() || name.startsWith(OWN) || isBrokers(name) ? OWN + header : name;
  }

  /** Whether RabbitMQ writes the header or, with CC and BCC, routes by it. */
  static boolean isBrokers(String name) {
    return name.startsWith(BROKER) || name.equals("CC") || name.equals("BCC");
  }

  /** Reads a table of anybody's; what is no text, number or truth value is left out. */
  static Map<String, String> decode(@Nullable Map<String, Object> table) {
    if (table == null || table.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    table.forEach((name, value) -> {
      if (!isBrokers(name)
          && (value instanceof LongString
              || value instanceof String
              || value instanceof Number
              || value instanceof Boolean)) {
        headers.put(
            name.startsWith(OWN) ? name.substring(OWN.length()) : Headers.USER + name,
            value.toString());
      }
    });
    headers.remove(Headers.SERIALIZER);
    return headers;
  }
}
