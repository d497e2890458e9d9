/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What aioqueue 0.2.0 sent over RabbitMQ, as recorded: one JSON object a line, see the README beside them. */
public final class Recording {

  private Recording() {}

  /** What callers published. */
  public static List<JsonObject> requests() {
    return load("a01_requests", "request");
  }

  /** What a worker was sent and what it answered. */
  public static List<JsonObject> replies() {
    return load("a02_replies", "reply");
  }

  /** What both made of each other. */
  public static List<JsonObject> roundTrips() {
    return load("a03_roundtrip", "round trip");
  }

  /** How two declarations of one queue clash. */
  public static String flagMismatch() {
    return lines("a04_queue_flag_mismatch").get(0).getString("text");
  }

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static List<JsonObject> load(String name, String what) {
    return lines(name).stream()
        .filter(line -> what.equals(line.getString("what")))
        .toList();
  }

  private static List<JsonObject> lines(String name) {
    String path = "/amqp/" + name + ".jsonl";
    try (InputStream in = Recording.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no recording " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JsonObject::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
