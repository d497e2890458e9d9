/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes that real clients, workers and servers exchanged: JSON lines with {@code conn}, {@code dir} (C or S) and {@code hex}.
 * Of long chunks the file has the head, the tail, the length and the digest; between them each byte is the one before it and
 * 31 more.
 */
final class Recording {

  private final Map<Integer, List<Buffer>> fromServer = new TreeMap<>();
  private final Map<Integer, List<Buffer>> toServer = new TreeMap<>();

  private Recording() {}

  static Recording of(String name) {
    Recording recording = new Recording();
    try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name + ".jsonl")) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + name);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JsonObject::new)
          .filter(line -> line.containsKey("hex"))
          .forEach(recording::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recording;
  }

  private void add(JsonObject line) {
    Map<Integer, List<Buffer>> direction =
        "S".equals(line.getString("dir")) ? fromServer : toServer;
    direction
        .computeIfAbsent(line.getInteger("conn"), c -> new ArrayList<>())
        .add(Buffer.buffer(chunk(line)));
  }

  private static byte[] chunk(JsonObject line) {
    byte[] head = HexFormat.of().parseHex(line.getString("hex"));
    if (!line.containsKey("sha256")) {
      return head;
    }
    byte[] whole = Arrays.copyOf(head, line.getInteger("len"));
    for (int at = head.length; at < whole.length; at++) {
      whole[at] = (byte) (whole[at - 1] + 31);
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole);
      if (!HexFormat.of().formatHex(digest).equals(line.getString("sha256"))) {
        throw new IllegalStateException("a chunk cannot be restored: " + line);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return whole;
  }

  /** What the server sent, chunk by chunk, for each connection. */
  Map<Integer, List<Buffer>> fromServer() {
    return fromServer;
  }

  /** What clients and workers sent, chunk by chunk, for each connection. */
  Map<Integer, List<Buffer>> toServer() {
    return toServer;
  }

  static Buffer joined(List<Buffer> chunks) {
    Buffer all = Buffer.buffer();
    chunks.forEach(all::appendBuffer);
    return all;
  }
}
