/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Traffic between real clients and beanstalkd 1.12, as recorded: one JSON object a line, see the README beside them. */
record Recording(String name, Map<Integer, Buffer> fromBroker, Map<Integer, Buffer> fromClient) {

  static final List<String> NAMES = List.of(
      "b01_put_replies",
      "b02_draining_sigusr1",
      "b03_use_watch_ignore",
      "b04_reserve",
      "b05_deadline_soon",
      "b06_ttr_expiry_other_connection",
      "b07_connection_death_releases",
      "b08_delete_release_bury_touch",
      "b09_peek",
      "b10_kick",
      "b11_reserve_job",
      "b12_stats",
      "b13_pause_tube",
      "b14_unknown_bad_format_lines",
      "b15_restart_without_binlog",
      "b16_restart_with_binlog",
      "b17_job_too_big_limit_z",
      "b18_two_workers_fairness",
      "b19_pheanstalk_client");

  static Recording load(String name) {
    Map<Integer, Buffer> broker = new LinkedHashMap<>();
    Map<Integer, Buffer> client = new LinkedHashMap<>();
    for (String line : lines(name)) {
      JsonObject chunk = new JsonObject(line);
      String hex = chunk.getString("hex");
      if (hex != null && !chunk.containsKey("len")) {
        Map<Integer, Buffer> side = "S".equals(chunk.getString("dir")) ? broker : client;
        side.computeIfAbsent(chunk.getInteger("conn"), n -> Buffer.buffer())
            .appendBytes(HexFormat.of().parseHex(hex));
      }
    }
    return new Recording(name, broker, client);
  }

  Buffer brokerSaidTo(int connection) {
    return Objects.requireNonNull(fromBroker.get(connection));
  }

  Buffer clientSaidOn(int connection) {
    return Objects.requireNonNull(fromClient.get(connection));
  }

  private static List<String> lines(String name) {
    String path = "/recordings/" + name + ".jsonl";
    try (InputStream in = Recording.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("no recording " + path);
      }
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
